/** The command that assesses an appliance: it gathers what the checks judge, and tells what they found. */
@NullMarked
package org.sealkeeper.cli.assess;

import org.jspecify.annotations.NullMarked;
