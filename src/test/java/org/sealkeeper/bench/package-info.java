/** Measures the appliance against the raw token, in one run on one machine: {@code deployment/bench}. */
package org.sealkeeper.bench;
