package org.sealkeeper.fhir;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** The definitions of R5, each read when it is asked for: HAPI reads all of them, which takes a third of a minute. */
final class R5Definitions implements IValidationSupport {
    private static final List<String> PACKAGES = List.of("hl7.fhir.r5.core-5.0.0.tgz", "hl7.terminology-5.1.0.tgz");

    private final FhirContext context;
    private final List<NpmPackage> packages;
    private final List<IBaseResource> types;
    private final Map<String, Optional<IBaseResource>> read = new ConcurrentHashMap<>();

    R5Definitions(FhirContext context) {
        this.context = context;
        this.packages = PACKAGES.stream().map(R5Definitions::open).toList();
        this.types = Stream.concat(
                        Stream.of("AuditEvent", "Provenance", "CodeSystem", "StructureDefinition"), datatypes())
                .map(name -> fetchStructureDefinition("http://hl7.org/fhir/StructureDefinition/" + name))
                .filter(Objects::nonNull)
                .toList();
    }

    private Stream<String> datatypes() {
        return context.getElementDefinitions().stream()
                .filter(type -> !(type instanceof RuntimeResourceDefinition))
                .map(BaseRuntimeElementDefinition::getName)
                .distinct();
    }

    private static NpmPackage open(String name) {
        try (InputStream content = R5Definitions.class.getResourceAsStream("/org/hl7/fhir/r5/packages/" + name)) {
            return NpmPackage.fromPackage(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T find(Class<T> type, String canonical) {
        return Stream.of(read.computeIfAbsent(canonical.replaceFirst("\\|.*", ""), this::load))
                .flatMap(Optional::stream)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private Optional<IBaseResource> load(String canonical) {
        for (NpmPackage each : packages) {
            try (InputStream content = each.loadByCanonical(canonical)) {
                if (content != null) {
                    return Optional.of(context.newJsonParser().parseResource(content));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    /** Those of the types that what we write and publish is made of. */
    @Override
    @SuppressWarnings("unchecked") // as the interface has it
    public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
        return (List<T>) types;
    }

    @Override
    public <T extends IBaseResource> T fetchResource(Class<T> type, String canonical) {
        return find(type, canonical);
    }

    @Override
    public IBaseResource fetchStructureDefinition(String canonical) {
        return find(org.hl7.fhir.r5.model.StructureDefinition.class, canonical);
    }

    @Override
    public IBaseResource fetchValueSet(String canonical) {
        return find(org.hl7.fhir.r5.model.ValueSet.class, canonical);
    }

    @Override
    public IBaseResource fetchCodeSystem(String canonical) {
        return find(org.hl7.fhir.r5.model.CodeSystem.class, canonical);
    }

    @Override
    public FhirContext getFhirContext() {
        return context;
    }
}
