/** Commands about requests for changes: approve, execute, list, transcript, verify, report. */
@NullMarked
package org.sealkeeper.cli.ceremony;

import org.jspecify.annotations.NullMarked;
