package org.sealkeeper.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HAPI's validator finds no error in anything that is written for a FHIR server. All of it is here, since the validator takes seconds to
 * start and has a megabyte for every definition that it looks at.
 */
class FhirValidationTest {

    @ParameterizedTest
    @EnumSource
    void theValidatorFindsNoErrorInWhatIsPublishedOrWritten(FhirRelease release) {
        FhirContext context = release == FhirRelease.R4 ? FhirContext.forR4() : FhirContext.forR5();
        FhirValidator validator = validator(context, release);
        List<String> errors = new ArrayList<>();
        if (release == FhirRelease.R4) { // those of R5 are written alike; they are used below
            Published.all(release).forEach(definition -> errors.addAll(errors(validator, definition, "")));
        }
        for (String event : DifferentEvents.of(release)) {
            errors.addAll(errors(validator, event, "urn:sealkeeper:fhir:audit-event"));
        }
        for (SignedBlock block : TellableLeaves.blocks()) {
            errors.addAll(errors(validator, release.provenance(block).json(), "urn:sealkeeper:fhir:provenance"));
        }
        assertThat(errors).isEmpty();

        // It is awake: it misses what a profile asks for.
        String event = release.auditEvent(TellableLeaves.all().getFirst()).json();
        assertThat(errors(
                        validator,
                        event.replace("urn:sealkeeper:fhir:leaf", "urn:else"),
                        "urn:sealkeeper:fhir:audit-event"))
                .anySatisfy(error -> assertThat(error).contains("leaf"));
        assertThat(errors(validator, event.replace("\"recorded\"", "\"recorder\""), ""))
                .isNotEmpty();
        assertThat(errors(validator, event.replaceFirst("(\"code\":\")(accept-rollback)", "$1reject-rollback"), ""))
                .anySatisfy(error -> assertThat(error).contains("reject-rollback"));
    }

    private static FhirValidator validator(FhirContext context, FhirRelease release) {
        var published = new PrePopulatedValidationSupport(context);
        for (String definition : Published.all(release)) {
            IBaseResource resource = context.newJsonParser().parseResource(definition);
            published.addResource(resource);
        }
        var support = new ValidationSupportChain(
                release == FhirRelease.R4 ? new DefaultProfileValidationSupport(context) : new R5Definitions(context),
                published,
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new SnapshotGeneratingValidationSupport(context));
        return context.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
    }

    private static List<String> errors(FhirValidator validator, String json, String profile) {
        var options = new ValidationOptions();
        if (!profile.isEmpty()) {
            options.addProfile(profile);
        }
        return validator.validateWithResult(json, options).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(message -> text(message, json))
                .toList();
    }

    private static String text(SingleValidationMessage message, String json) {
        return message.getSeverity() + " " + message.getLocationString() + ": " + message.getMessage() + " in "
                + json.substring(0, Math.min(json.length(), 160));
    }
}
