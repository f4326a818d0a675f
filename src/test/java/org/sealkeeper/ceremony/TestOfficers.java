package org.sealkeeper.ceremony;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.pki.TestAuthority;

/** Officers with keys of their own, in files of a folder: {@code NAME.pem} and {@code NAME.key}. */
public final class TestOfficers {
    private final Path folder;
    private final TestAuthority authority = TestAuthority.root("officers");
    private final SequencedMap<String, TestAuthority> officers = new LinkedHashMap<>();

    public TestOfficers(Path folder) {
        this.folder = folder;
    }

    /** One with a certificate that is good for an hour. */
    public TestOfficers with(String name) {
        return with(name, Duration.ofHours(1));
    }

    /** One with a certificate that is good for so long. */
    public TestOfficers with(String name, Duration until) {
        return with(name, authority.issue(name, form -> form.client().valid(Duration.ofHours(-1), until)));
    }

    /** One with this certificate. */
    public TestOfficers with(String name, TestAuthority certificate) {
        officers.put(name, certificate);
        TestAuthority.write(folder.resolve(name + ".pem"), certificate.certificate());
        TestAuthority.write(
                folder.resolve(name + ".key"),
                new PemObject("PRIVATE KEY", certificate.key().getEncoded()));
        return this;
    }

    public TestAuthority authority() {
        return authority;
    }

    public TestAuthority certificateOf(String name) {
        return officers.get(name);
    }

    /** Revokes certificates, in {@code officers.crl}. */
    public void revoke(String... names) {
        TestAuthority.write(
                folder.resolve("officers.crl"),
                authority.revoking(
                        Instant.now().plus(Duration.ofDays(1)),
                        List.of(names).stream()
                                .map(name -> officers.get(name).certificate())
                                .toArray(X509Certificate[]::new)));
    }

    /**
     * Writes {@code officers.yaml}, by which each kind of change needs two officers, and another change of officers three.
     *
     * @param revocations {@code none} or a file
     */
    public String write(String revocations) {
        String yaml = "authorities: |\n" + pem(authority.certificate())
                + "revocations: " + revocations + "\n"
                + "approvals:\n"
                + Officers.APPROVED.stream()
                        .map(operation -> "  %s: %d%n"
                                .formatted(operation.text(), operation == Operation.CHANGE_OFFICERS ? 3 : 2))
                        .collect(Collectors.joining())
                + "officers:\n"
                + officers.entrySet().stream()
                        .map(officer -> "  - name: " + officer.getKey() + "\n    certificate: |\n"
                                + pem(officer.getValue().certificate()).indent(4))
                        .collect(Collectors.joining());
        try {
            Files.writeString(folder.resolve("officers.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return yaml;
    }

    private static String pem(Object value) {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().indent(2);
    }
}
