/**
 * Reads operators' YAML files strictly and names the file and line of whatever is wrong in them.
 *
 * <p>Every field is asked for by name; one that nobody asked for is an error, so a typing error never passes as a default.
 */
@NullMarked
package org.sealkeeper.config;

import org.jspecify.annotations.NullMarked;
