package org.sealkeeper.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.cli.console.ExitCode;

/** A value that cannot be meant is refused when it is read, before anything is done. */
class OptionValuesTest {
    private static final String RECORD_OPEN = "record open sealed --out out --purpose TREAT --recipient lab-a"
            + " --recipient-key key --cert cert --key key --url https://localhost:1 ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --url localhost:8443            | the https URL of an appliance, such as https://host:8443, found 'localhost:8443'
            --url localhost                 | the https URL of an appliance, such as https://host:8443, found 'localhost'
            --url http://localhost:8443     | the https URL of an appliance, such as https://host:8443, found 'http://localhost:8443'
            --url ftp://localhost           | the https URL of an appliance, such as https://host:8443, found 'ftp://localhost'
            --url https:localhost           | the https URL of an appliance, such as https://host:8443, found 'https:localhost'
            --url https:///v1               | the https URL of an appliance, such as https://host:8443, found 'https:///v1'
            --url https://localhost:84430   | the https URL of an appliance, such as https://host:8443, found 'https://localhost:84430'
            --url https://local_host:8443   | the https URL of an appliance, such as https://host:8443, found 'https://local_host:8443'
            --url https://[::1              | the https URL of an appliance, such as https://host:8443, found 'https://[::1'
            --url https://me@localhost      | such as https://host:8443, without user, query and fragment
            --url https://localhost?key=1   | such as https://host:8443, without user, query and fragment
            --out -                         | the path of a file; for standard output write /dev/stdout
            --out /tmp                      | the path of a file, found a folder: /tmp
            --justification short           | a justification of 10 to 1000 characters
            --purpose treat                 | a code
            --recipient LAB                 | a recipient
            """)
    void anUnfitValueOfARequestIsRefused(String option, String expected) {
        refused((RECORD_OPEN + option).split(" "), expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            audit fetch --vkeys v --out o --url localhost:8443   | https or http URL below which a log is
            audit fetch --vkeys v --out o --url ftp://localhost/ | https or http URL below which a log is
            audit verify --vkeys v ftp://localhost/              | https or http URL below which a log is
            audit verify --vkeys v http://                       | https or http URL below which a log is
            audit search --caller '' log                         | a caller identity of 1 to 512 characters
            audit search --outcome doing log                     | one of begun, done, replayed, refused, failed
            audit search --limit 1e3 log                         | an integer from 1 to 2147483647, found '1e3'
            audit show log 01                                    | an integer from 0 to 9007199254740991, found '01'
            policy replay --leaf 9007199254740992                | an integer from 0 to 9007199254740991
            policy explain -f p --operation sign-block --height +1 | an integer from 0 to 9007199254740991, found '+1'
            policy explain -f p --operation read-keys --claim =x | NAME=TEXT, found '=x'
            keys destroy-version --alias a --version-number 0    | an integer from 1 to 2147483647, found '0'
            rewrap-window open --alias a --from x --to 2 --so-pin-file so.pin | an integer from 1 to 2147483647, found 'x'
            dev-pki --out o --client node=a^b                    | a URI, found 'a^b'
            chain verify --keys '' blocks.ndjson                 | a path, found an empty text
            keys list --config ''                                | a path, found an empty text
            """)
    void anUnfitValueIsRefused(String line, String expected) {
        refused(line.replace("''", "\0").split(" "), expected);
    }

    private static void refused(String[] arguments, String expected) {
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].equals("\0") ? "" : arguments[i];
        }
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        assertThat(Sealkeeper.run(out, err, arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("sealkeeper: Invalid value for ")
                                .contains(": expected ")
                                .contains(expected),
                        line -> assertThat(line).startsWith("Try: sealkeeper "));
    }
}
