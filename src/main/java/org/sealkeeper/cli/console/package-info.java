/** What every command shares: arguments and files read strictly, output for people and as JSON, progress, exit codes. */
@NullMarked
package org.sealkeeper.cli.console;

import org.jspecify.annotations.NullMarked;
