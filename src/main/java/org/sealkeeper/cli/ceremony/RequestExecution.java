package org.sealkeeper.cli.ceremony;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.ceremony.Approval;
import org.sealkeeper.ceremony.Basis;
import org.sealkeeper.ceremony.Ceremonies;
import org.sealkeeper.ceremony.CeremonyResult;
import org.sealkeeper.ceremony.ChangeText;
import org.sealkeeper.ceremony.Officers;
import org.sealkeeper.ceremony.Request;
import org.sealkeeper.ceremony.catalogue.Catalogue;
import org.sealkeeper.ceremony.catalogue.CatalogueFile;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.OfficerPins;
import org.sealkeeper.cli.administration.TokensNow;
import org.sealkeeper.cli.catalogue.CatalogueFiles;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.pki.KeyFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a command takes that makes the changes of a request, and makes them. */
final class RequestExecution {
    @Mixin
    ConfigOption config;

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    Path file;

    @Option(
            names = "--approval",
            paramLabel = "FILE",
            description = "An officer's approval; give as many as there are.")
    List<Path> approvals = List.of();

    @Mixin
    OfficerPins pins;

    @Option(
            names = "--catalogue",
            paramLabel = "FILE",
            description = "The file of the catalogue, where the request asks for one to be taken.")
    @Nullable
    Path catalogue;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /** Makes them, and says what became of each; or says why not. */
    int run() {
        ApplianceFile appliance = config.read();
        Request request = CeremonyFiles.request(file);
        List<Approval> given = approvals.stream().map(CeremonyFiles::approval).toList();
        Optional<Catalogue> taken = catalogue(request);
        try (var administration = KeyAdministration.open(appliance)) {
            String log = AuditFile.read(appliance.audit()).origin().value();
            if (!log.equals(request.log())) {
                return refuse("it is for the appliance of the log " + request.log() + ", this one's is " + log);
            }
            Basis basis = tokens(request, administration).basis();
            Ceremonies ceremonies = administration.ceremonies();
            Optional<KeyFile> lists = ceremonies
                    .officers()
                    .flatMap(Officers::revocations)
                    .map(path -> KeyFile.read(config.folder().resolve(path)));
            return switch (ceremonies.begin(request, given, lists, basis)) {
                case Ceremonies.Beginning.Refused(var why) -> refuse(why);
                case Ceremonies.Beginning.Begun(var control) -> execute(request, administration, control, taken);
            };
        }
    }

    /** Its digest was approved, so whether its leaf is in the log is not judged once more. */
    private Optional<Catalogue> catalogue(Request request) {
        Optional<Catalogue> given =
                Optional.ofNullable(catalogue).map(CatalogueFiles::read).map(CatalogueFile::catalogue);
        for (Change change : request.changes()) {
            if (change instanceof Change.ImportCatalogue(var digest)
                    && !given.map(Catalogue::digest).equals(Optional.of(digest))) {
                throw new ConfigurationFault(
                        "expected the file of the catalogue with the SHA-256 " + digest + " in --catalogue, found "
                                + given.map(Catalogue::digest).orElse("none"));
            }
        }
        return given;
    }

    /** A token that is lost cannot be looked at. */
    private static TokensNow tokens(Request request, KeyAdministration administration) {
        List<TokenLabel> lost = request.changes().stream()
                .flatMap(change -> change instanceof Change.ForgetToken(var token) ? Stream.of(token) : Stream.empty())
                .toList();
        return new TokensNow(administration.without(lost));
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("sealkeeper: the request is refused, and nothing was changed: " + why);
        return ExitCode.INVALID;
    }

    private int execute(
            Request request, KeyAdministration administration, ChangeControl control, Optional<Catalogue> taken) {
        PrintWriter progress = spec.commandLine().getErr();
        var execution = new ChangeExecution(administration, control, pins, taken);
        List<String> outcomes = new ArrayList<>();
        for (Change change : request.changes()) {
            progress.println(ChangeText.of(change));
            outcomes.add(execution.make(change));
        }
        TokensNow tokens = tokens(request, administration);
        administration
                .ceremonies()
                .end(
                        request,
                        new CeremonyResult(
                                outcomes,
                                tokens.basis(),
                                tokens.attributes(request.changes()),
                                administration.publicKeys()));
        tell(request, outcomes);
        return ExitCode.OK;
    }

    private void tell(Request request, List<String> outcomes) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("request", request.digest());
            members.put("outcomes", outcomes);
            out.println(JsonResult.of(members));
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            out.println(request.changes().get(i).operation().text() + ": " + outcomes.get(i));
        }
        out.println(
                "Request " + request.digest() + " is executed. Keep its transcript: sealkeeper ceremony transcript");
    }
}
