/**
 * Reads operators' YAML files strictly, names the file and line of whatever is wrong in them, and lets changed files take effect.
 *
 * <p>Every field is asked for by name; one that was not asked for is an error, so a typing error never passes as a default.
 *
 * <p>{@link org.sealkeeper.config.InForce} lets changed files take effect while the appliance runs, as a whole or not at all.
 */
@NullMarked
package org.sealkeeper.config;

import org.jspecify.annotations.NullMarked;
