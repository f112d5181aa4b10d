"""The report on paper: composed, drawn and bound in a child process (`python -m award.exports.paper`)."""
