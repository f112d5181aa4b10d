import java.io.File;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates each file against each flavour: one line "file flavour checks failures", then the failed assertions. */
public class Validate {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : arguments) {
            for (String flavour : new String[] {"3a", "ua1"}) {
                report(name, PDFAFlavour.byFlavourId(flavour));
            }
        }
    }

    static void report(String name, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            long failures = result.getTestAssertions().stream().filter(a -> a.getStatus() == TestAssertion.Status.FAILED).count();
            System.out.println(new File(name).getName() + " " + flavour.getId() + " " + result.getTotalAssertions() + " " + (result.isCompliant() ? failures : Math.max(1, failures)));
            for (TestAssertion assertion : result.getTestAssertions()) {
                System.out.println("  " + assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber() + " "
                    + assertion.getMessage() + " @ " + assertion.getLocation().getContext());
            }
        }
    }
}
