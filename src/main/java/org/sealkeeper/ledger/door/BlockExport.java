package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.SignedBlock;

/** A chain as NDJSON, one signed block a line, read page by page: a chain of any length costs the memory of one page. */
record BlockExport(ChainReader reader, ObjectWriter json, ChainName chain, Height from, long limit)
        implements StreamingOutput {
    private static final int PAGE = 500;

    @Override
    public void write(OutputStream out) throws IOException {
        long left = limit;
        Height next = from;
        while (left > 0) {
            List<SignedBlock> page = reader.blocks(chain, next, (int) Math.min(PAGE, left));
            for (SignedBlock block : page) {
                out.write(json.writeValueAsBytes(block));
                out.write('\n');
            }
            if (page.size() < PAGE || page.getLast().height().value() == Height.MAX) {
                return;
            }
            left -= page.size();
            next = page.getLast().height().next();
        }
    }
}
