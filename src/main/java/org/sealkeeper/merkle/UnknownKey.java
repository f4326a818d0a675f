package org.sealkeeper.merkle;

/**
 * A vkey of a type that is not known here: its lines can be told, and not verified.
 *
 * @param keyId 8 lowercase hexadecimal digits
 */
public record UnknownKey(KeyName name, String keyId) {
    static UnknownKey of(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        return new UnknownKey(new KeyName(parts[0]), parts[1]);
    }

    /** Whether the line claims to be this key's. */
    public boolean isMeantBy(NoteSignature line) {
        return name.equals(line.name()) && keyId.equals(line.keyIdText());
    }
}
