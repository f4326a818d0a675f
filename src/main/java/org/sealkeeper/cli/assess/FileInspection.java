package org.sealkeeper.cli.assess;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Examination;
import org.sealkeeper.assessment.FileChecks;
import org.sealkeeper.assessment.OutOfReach;
import org.sealkeeper.assessment.PinChecks;
import org.sealkeeper.assessment.PinShape;
import org.sealkeeper.assessment.TlsEnds;
import org.sealkeeper.assessment.TlsForm;
import org.sealkeeper.assessment.WatchedFile;
import org.sealkeeper.assessment.WatchedFile.Kind;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.pki.KeyFile;

/** The files of an appliance: their modes, what TLS is judged by, the PINs. */
record FileInspection(ApplianceFile appliance, Path config) {

    void judgedBy(Examination examination) {
        Map<Path, Kind> watched = watched();
        watched.forEach((path, kind) ->
                examination.judge(path.toString(), () -> List.of(WatchedFile.of(path, kind)), FileChecks.FILES));
        examination.judge("all files", () -> all(watched), FileChecks.OWNERS);
        TokenFolder.named(System.getenv())
                .ifPresentOrElse(
                        folder -> examination.judge(folder.configuration().toString(), folder::files, FileChecks.FILES),
                        () -> examination.say(OutOfReach.TOKEN_FOLDER));
        tls(examination);
        pins(examination);
    }

    private static List<WatchedFile> all(Map<Path, Kind> watched) {
        return watched.entrySet().stream()
                .map(file -> WatchedFile.of(file.getKey(), file.getValue()))
                .toList();
    }

    private Map<Path, Kind> watched() {
        Map<Path, Kind> files = new LinkedHashMap<>();
        Path own = config.toAbsolutePath();
        ApplianceFile.Tls tls = appliance.tls();
        Stream.of(
                        own,
                        Objects.requireNonNull(own.getParent()),
                        appliance.chains(),
                        appliance.audit(),
                        appliance.policy(),
                        appliance.issuers(),
                        tls.certificate(),
                        tls.clientAuthorities())
                .forEach(path -> files.put(path, Kind.TRUSTED));
        tls.revocations().ifPresent(path -> files.put(path, Kind.TRUSTED));
        appliance.tokens().forEach(token -> files.put(token.profile(), Kind.TRUSTED));
        appliance.tokens().forEach(token -> files.put(token.userPin(), Kind.SECRET));
        files.put(tls.key(), Kind.SECRET);
        switch (appliance.store()) {
            case StoreLocation.Embedded(Path file) -> {
                files.put(file, Kind.PRIVATE);
                Optional.ofNullable(file.getParent()).ifPresent(folder -> files.put(folder, Kind.TRUSTED));
            }
            case StoreLocation.Server server -> {
                files.put(server.passwordFile(), Kind.SECRET);
                server.authorities().ifPresent(path -> files.put(path, Kind.TRUSTED));
            }
        }
        return files;
    }

    private void tls(Examination examination) {
        ApplianceFile.Tls tls = appliance.tls();
        String certificate = tls.certificate().toString();
        examination.judge(certificate, () -> KeyFile.read(tls.certificate()).certificates(), TlsEnds.SERVER);
        examination.judge(certificate, () -> KeyFile.read(tls.certificate()).certificates(), TlsForm.SERVER);
        examination.judge(
                tls.clientAuthorities().toString(),
                () -> KeyFile.read(tls.clientAuthorities()).authorities(),
                TlsEnds.AUTHORITIES);
        examination.judge(
                tls.revocations().map(Path::toString).orElse("tls.revocations"),
                () -> tls.revocations().map(file -> KeyFile.read(file).revocationLists()),
                TlsEnds.REVOCATIONS);
    }

    private void pins(Examination examination) {
        for (ApplianceFile.Token token : appliance.tokens()) {
            examination.judge(token.userPin().toString(), () -> shape(token.userPin()), PinChecks.PIN);
        }
        if (appliance.tokens().size() > 1) {
            examination.judge("user PINs", this::pins, PinChecks.PINS);
        }
    }

    private static PinShape shape(Path file) {
        try (SecretFile pin = SecretFile.open(file, SecretFile.Kind.PIN)) {
            return PinShape.of(pin);
        }
    }

    private PinChecks.Pins pins() {
        List<SecretFile> open = new ArrayList<>();
        try {
            appliance.tokens().forEach(token -> open.add(SecretFile.open(token.userPin(), SecretFile.Kind.PIN)));
            long repeated = open.stream()
                    .filter(pin -> open.stream()
                            .limit(open.indexOf(pin))
                            .anyMatch(other -> Arrays.equals(other.chars(), pin.chars())))
                    .count();
            return new PinChecks.Pins(open.size(), open.size() - (int) repeated);
        } finally {
            open.forEach(SecretFile::close);
        }
    }
}
