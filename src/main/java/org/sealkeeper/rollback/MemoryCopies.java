package org.sealkeeper.rollback;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.OwnRecord;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.TokenLabel;

/**
 * The copies of this process's record, one in each token. What the tokens are to remember is remembered once all <em>members</em> have it: the
 * tokens the record names. A token that fails is a member no more once the others have a record that does not name it; one that comes back is
 * written to first. So of the members of any record one at least has every later record, and a start that asks all of them knows what was signed.
 *
 * <p>Written by one thread; copies may be added by another.
 */
final class MemoryCopies implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MemoryCopies.class.getName());

    private final Tokens tokens;
    private final Map<TokenLabel, OwnRecord> copies;
    private final Set<TokenLabel> notOurs = ConcurrentHashMap.newKeySet();
    private Set<TokenLabel> members;

    /** @param copies those that have the first record */
    MemoryCopies(Tokens tokens, Map<TokenLabel, OwnRecord> copies) {
        this.tokens = tokens;
        this.copies = new ConcurrentHashMap<>(copies);
        this.members = new LinkedHashSet<>(copies.keySet());
    }

    /** Whether the token has a copy, or had one that was not ours any more. */
    boolean knows(TokenLabel token) {
        return copies.containsKey(token) || notOurs.contains(token);
    }

    /** Nothing is written afterwards. */
    @Override
    public void close() {
        copies.values().forEach(OwnRecord::close);
    }

    /** A token that had none has one from now on; it is a member after the next write. */
    void add(TokenLabel token, OwnRecord copy) {
        copies.put(token, copy);
    }

    /**
     * Writes to every member, and to those that came back.
     *
     * @return or the {@link HsmFault} of a member, where all of them failed
     */
    CompletionStage<WriteAnswer> write(MemoryRecord record) {
        if (!tokens.areSeveral()) {
            OwnRecord only = copies.values().iterator().next();
            return only.write(MemoryText.of(record))
                    .thenApply(isOurs -> isOurs ? WriteAnswer.REMEMBERED : WriteAnswer.TAKEN);
        }
        Set<TokenLabel> wanted = new LinkedHashSet<>(members);
        wanted.addAll(returned(record));
        return completedStage(writeToMembers(record, wanted));
    }

    /** Those that came back and took the record. It names all who are to have it, so that none of them can be left out later. */
    private List<TokenLabel> returned(MemoryRecord record) {
        List<TokenLabel> back = new ArrayList<>();
        for (Hsm token : tokens.used()) {
            TokenLabel label = token.label();
            if (!members.contains(label) && copies.containsKey(label)) {
                Set<TokenLabel> named = new LinkedHashSet<>(members);
                named.addAll(back);
                named.add(label);
                if (takesBack(label, record, named)) {
                    back.add(label);
                }
            }
        }
        return back;
    }

    private boolean takesBack(TokenLabel token, MemoryRecord record, Set<TokenLabel> named) {
        try {
            if (Completion.await(write(token, record, named))) {
                LOG.log(System.Logger.Level.INFO, "the token {0} remembers again what is signed", token);
                return true;
            }
        } catch (HsmFault fault) {
            if (!fault.isOfMissingObject()) {
                return false;
            }
        }
        // It has no part in what the others remember, so nothing depends on it.
        copies.remove(token);
        notOurs.add(token);
        LOG.log(
                System.Logger.Level.ERROR,
                "the token {0} came back without the record of this process, or with another: it remembers nothing of what is signed"
                        + " until the appliance is restarted",
                token);
        return false;
    }

    private WriteAnswer writeToMembers(MemoryRecord record, Set<TokenLabel> wanted) {
        Map<TokenLabel, CompletionStage<Boolean>> writes = new ConcurrentHashMap<>();
        members.forEach(token -> writes.put(token, write(token, record, wanted)));
        Set<TokenLabel> failed = new HashSet<>();
        Optional<HsmFault> fault = Optional.empty();
        boolean isTaken = false;
        for (Map.Entry<TokenLabel, CompletionStage<Boolean>> write : writes.entrySet()) {
            try {
                isTaken |= !Completion.await(write.getValue());
            } catch (HsmFault thrown) {
                failed.add(write.getKey());
                fault = Optional.of(thrown);
            }
        }
        if (isTaken) {
            return WriteAnswer.TAKEN;
        }
        if (fault.isPresent() && failed.containsAll(members)) {
            throw fault.get();
        }
        members = wanted;
        members.removeAll(failed);
        failed.forEach(token -> LOG.log(
                System.Logger.Level.WARNING, "the token {0} does not remember what is signed; others do", token));
        return failed.isEmpty() ? WriteAnswer.REMEMBERED : WriteAnswer.AGAIN;
    }

    private CompletionStage<Boolean> write(TokenLabel token, MemoryRecord record, Set<TokenLabel> named) {
        OwnRecord copy = copies.get(token);
        if (copy == null) {
            throw new IllegalStateException("expected a copy in the token " + token);
        }
        return copy.write(MemoryText.of(record.in(List.copyOf(named))));
    }
}
