package org.sealkeeper.store.move;

/**
 * Something of a copy that is not as in the store it was made of.
 *
 * @param table the table it is in
 * @param key which row, in words; has no other column, which may be about patients
 * @param what what was expected and found
 */
public record Difference(String table, String key, String what) {
    @Override
    public String toString() {
        return "table " + table + ", " + key + ": " + what;
    }
}
