package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What processes wrote, removed and synced, in order: the notes of {@code src/test/native/disk}. */
public final class Writes {
    private final List<Note> notes;

    /** @param moment the length of the notes before it */
    private record Note(long moment, char kind, String path, long number, ByteBuffer data) {
        String text() {
            return UTF_8.decode(data.duplicate()).toString();
        }
    }

    private Writes(List<Note> notes) {
        this.notes = notes;
    }

    static Writes read(Path journal) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(journal)).order(ByteOrder.LITTLE_ENDIAN);
            List<Note> notes = new ArrayList<>();
            while (bytes.hasRemaining()) {
                notes.add(next(bytes));
            }
            return new Writes(notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Note next(ByteBuffer bytes) {
        long moment = bytes.position();
        char kind = (char) bytes.get();
        byte[] path = new byte[Short.toUnsignedInt(bytes.getShort())];
        long number = bytes.getLong();
        int length = bytes.getInt();
        bytes.get(path);
        ByteBuffer data = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return new Note(moment, kind, new String(path, UTF_8), number, data);
    }

    /** How many syncs of files whose names begin so have ended. */
    public long syncs(String path) {
        return notes.stream()
                .filter(note -> note.kind() == 'S' && note.path().startsWith(path))
                .count();
    }

    /** The files that were touched until then, as they are on a disk on which they were before what they were in that folder. */
    Map<String, DiskFile> until(long moment, Path before) throws IOException {
        Map<String, DiskFile> files = new LinkedHashMap<>();
        for (Note note : notes) {
            if (note.moment() >= moment) {
                break;
            }
            DiskFile file = files.get(note.path());
            if (file == null) {
                Path path = before.resolve(note.path());
                boolean existed = Files.isRegularFile(path);
                file = new DiskFile(existed ? Files.readAllBytes(path) : new byte[0], existed);
                files.put(note.path(), file);
            }
            switch (note.kind()) {
                case 'O' -> file.opened();
                case 'W' -> file.written(note.moment(), note.number(), note.data());
                case 'T' -> file.cut(note.moment(), note.number());
                case 'S' -> file.synced(note.number());
                case 'U' -> file.removed();
                case 'R' -> {
                    files.put(note.text(), file);
                    files.put(note.path(), new DiskFile(new byte[0], false));
                }
                default -> throw new AssertionError("an unknown note: " + note.kind());
            }
        }
        return files;
    }
}
