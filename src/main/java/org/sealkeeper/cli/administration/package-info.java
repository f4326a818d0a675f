/** What commands that change keys, recipients, windows or officers share: what they open, and the requests they make instead. */
@NullMarked
package org.sealkeeper.cli.administration;

import org.jspecify.annotations.NullMarked;
