/**
 * The closet of other people's tokens: signed statements (JWT, RFC 7519) of issuers that the
 * operator configured, such as single sign-on, a Kubernetes cluster or a build service.
 *
 * <p>Start reading at {@link io.chancery.access.jwt.TokenIssuers}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.access.jwt;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
