package org.sealkeeper.cli.assess;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.verify.CanonicalJson;
import org.sealkeeper.verify.Digests;

/** The libraries in the words of CycloneDX 1.6, for scanners. */
final class BillOfMaterials {
    private BillOfMaterials() {}

    /** One JSON document in UTF-8. */
    static byte[] of(String version, List<Library> libraries) {
        var document = new LinkedHashMap<String, Object>();
        document.put("bomFormat", "CycloneDX");
        document.put("specVersion", "1.6");
        document.put("version", 1L);
        document.put("metadata", Map.of("component", Map.of("type", "application", "name", version)));
        document.put(
                "components",
                libraries.stream()
                        .sorted(Comparator.comparing(Library::text))
                        .map(BillOfMaterials::component)
                        .toList());
        return CanonicalJson.bytes(document);
    }

    private static Map<String, Object> component(Library library) {
        var component = new LinkedHashMap<String, Object>();
        component.put("type", "library");
        component.put("name", library.name());
        component.put("version", library.version());
        component.put("hashes", List.of(Map.of("alg", "SHA-256", "content", sha256(library))));
        library.group().ifPresent(group -> {
            component.put("group", group);
            component.put("purl", "pkg:maven/" + group + "/" + library.name() + "@" + library.version());
        });
        return component;
    }

    private static String sha256(Library library) {
        try {
            return Digests.sha256(Files.readAllBytes(library.jar()));
        } catch (IOException e) {
            throw FileFailure.unreadable(library.jar(), e);
        }
    }
}
