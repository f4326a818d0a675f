/** Commands that make and judge bundles of evidence. */
@NullMarked
package org.sealkeeper.cli.evidence;

import org.jspecify.annotations.NullMarked;
