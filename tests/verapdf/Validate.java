import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Judges PDFs by every flavour, one for each line of its input: {@code Validate ua1,3a}.
 *
 * <p>Prints one line per verdict, its fields divided by tabs: {@code file flavour pass}, or one
 * {@code file flavour fail clause-test count message place} per broken rule. After all of a file
 * comes an empty line.
 */
public class Validate {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = input.readLine(); file != null; file = input.readLine()) {
            for (String flavour : args[0].split(",")) {
                try {
                    judge(file, flavour);
                } catch (Exception error) {
                    // A file that cannot be read is a verdict on that file; the others still get theirs.
                    print(file, flavour, "fail", "unreadable", 1, error, "");
                }
            }
            OUT.println();
        }
    }

    private static void judge(String file, String name) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        try (InputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour)) {
            ValidationResult result =
                    Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            if (result.isCompliant()) {
                print(file, name, "pass");
            }
            Set<RuleId> told = new HashSet<>();
            for (TestAssertion broken : result.getTestAssertions()) {
                RuleId rule = broken.getRuleId();
                if (told.add(rule)) {
                    print(file, name, "fail", rule.getClause() + "-" + rule.getTestNumber(),
                            result.getFailedChecks().get(rule), broken.getMessage(),
                            broken.getLocation().getContext());
                }
            }
        }
    }

    private static void print(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            line.append(line.length() == 0 ? "" : "\t").append(String.valueOf(field).replaceAll("\\s+", " "));
        }
        OUT.println(line);
    }
}
