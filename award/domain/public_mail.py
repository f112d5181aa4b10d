"""Domains at which anybody gets an address, so that two people who share one have no conflict by that alone."""

PUBLIC_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "outlook.be", "outlook.fr", "outlook.de", "hotmail.com", "hotmail.be", "hotmail.fr",
        "hotmail.nl", "live.com", "live.be", "live.nl", "live.fr", "msn.com", "yahoo.com", "yahoo.fr", "yahoo.de", "icloud.com", "me.com",
        "mac.com", "proton.me", "protonmail.com", "pm.me", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "telenet.be",
        "skynet.be", "proximus.be", "scarlet.be", "voo.be", "orange.fr", "free.fr", "laposte.net", "sfr.fr", "wanadoo.fr", "ziggo.nl",
        "kpnmail.nl", "planet.nl", "xs4all.nl", "hetnet.nl", "aol.com", "zoho.com", "mail.com", "posteo.de", "mailbox.org",
        "tutanota.com",
    }
)
