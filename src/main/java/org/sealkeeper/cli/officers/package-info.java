/** Commands about those who approve changes: set, show. */
@NullMarked
package org.sealkeeper.cli.officers;

import org.jspecify.annotations.NullMarked;
