package org.sealkeeper.http.access;

import java.util.concurrent.CompletionStage;

/** Keeps the record of requests. The doors know no more of the audit log than this. */
public interface AccessJournal {

    /** Records a request at a door; completes once the record is durable. */
    CompletionStage<?> record(Access access);

    /** Counts a request that found no door, or whose caller is unknown; the counts are recorded within seconds. */
    void count(Access access);
}
