package io.chancery.access.jwt;

import java.util.Optional;

/**
 * Who an accepted token speaks for.
 *
 * @param issuer the name it is configured under
 * @param value what identities of this issuer are compared with
 * @param boundTo SHA-256 in hex of the only client certificate that it counts beside (RFC 8705 s3)
 */
public record Bearer(String issuer, String value, Optional<String> boundTo) {}
