/** Commands about rewrap windows: open, list, close. */
@NullMarked
package org.sealkeeper.cli.rewrapwindow;

import org.jspecify.annotations.NullMarked;
