package org.sealkeeper.http.listener;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.config.InForce;
import org.sealkeeper.pki.Authorities;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.pki.ServerCertificate;

/**
 * The TLS files of the API. The two come into force apart from one another: a certificate that cannot be renewed must not hold up a
 * revocation.
 *
 * @param certificate what callers are shown
 * @param authorities whose certificates callers show
 */
public record ListenerTls(InForce<ServerCertificate> certificate, InForce<Authorities> authorities) {

    /**
     * Reads the files of a listener.
     *
     * @throws org.sealkeeper.config.ConfigurationFault naming the file that cannot be used, and why
     */
    public static ListenerTls load(ApplianceFile.Tls files, InstantSource clock) {
        List<Path> authorities = Stream.concat(Stream.of(files.clientAuthorities()), files.revocations().stream())
                .toList();
        return new ListenerTls(
                InForce.load(
                        List.of(files.certificate(), files.key()),
                        read -> ServerCertificate.of(
                                new KeyFile(read.getFirst()), new KeyFile(read.getLast()), clock.instant())),
                InForce.load(authorities, read -> authorities(read, clock), Authorities::requireNoOlderRevocations));
    }

    private static Authorities authorities(List<FileContent> read, InstantSource clock) {
        return Authorities.of(
                new KeyFile(read.getFirst()),
                read.stream().skip(1).map(KeyFile::new).findFirst(),
                clock.instant());
    }
}
