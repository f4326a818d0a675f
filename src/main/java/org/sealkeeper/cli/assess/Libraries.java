package org.sealkeeper.cli.assess;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.sealkeeper.config.FileFailure;

/** The jars on the class path of this process, and those that they name in their manifests. */
final class Libraries {
    private Libraries() {}

    static List<Library> ofThisProgram() {
        String classPath = System.getProperty("java.class.path");
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Libraries::isJar)
                .flatMap(jar -> Stream.concat(Stream.of(jar), named(jar)))
                .distinct()
                .map(Library::of)
                .toList();
    }

    private static Stream<Path> named(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String named =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return named == null
                    ? Stream.empty()
                    : Arrays.stream(named.split(" ", -1))
                            .filter(name -> !name.contains(":"))
                            .map(jar::resolveSibling)
                            .filter(Libraries::isJar);
        } catch (IOException e) {
            throw FileFailure.unreadable(jar, e);
        }
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(".jar") && Files.isRegularFile(path);
    }
}
