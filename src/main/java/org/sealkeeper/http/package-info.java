/**
 * What all REST doors share: caller identity, request id, problem+json. Knows no feature.
 *
 * <p>A request passes {@link org.sealkeeper.http.FrontDoor} first: it gets its id, its size is bounded, and without a caller it
 * goes no further. Its JSON is then read strictly into a record, and whatever refuses it or fails becomes one
 * {@link org.sealkeeper.http.problem.Problem}.
 */
@NullMarked
package org.sealkeeper.http;

import org.jspecify.annotations.NullMarked;
