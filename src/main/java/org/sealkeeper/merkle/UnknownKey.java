package org.sealkeeper.merkle;

/**
 * A vkey of a type that is not known here: its lines can be recognised, and not verified.
 *
 * @param keyId 8 lowercase hexadecimal digits
 */
public record UnknownKey(KeyName name, String keyId) {
    static UnknownKey of(String vkey) {
        var text = VerifierKeyText.parse(vkey);
        return new UnknownKey(text.name(), text.keyId());
    }

    /** Whether the line names this key. */
    public boolean isMeantBy(NoteSignature line) {
        return name.equals(line.name()) && keyId.equals(line.keyIdText());
    }
}
