package io.chancery.ledger.copy;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in S3-compatible storage the copy is.
 *
 * @param prefix put before every path, without a slash at its end; may be empty
 * @param credentials a file in the form of AWS's {@code credentials}
 */
public record S3Bucket(
    URI endpoint,
    String region,
    String bucket,
    String prefix,
    Addressing addressing,
    Path credentials) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

  /** Where the bucket's name stands in an address. */
  public enum Addressing {
    /** {@code https://host/bucket/path}: what MinIO, Ceph and most others speak. */
    PATH,
    /** {@code https://bucket.host/path}: what AWS wants. */
    VIRTUAL_HOST
  }

  public S3Bucket {
    boolean http = List.of("http", "https").contains(endpoint.getScheme());
    String path = endpoint.getPath();
    boolean bare =
        (path == null || path.isEmpty() || path.equals("/")) && endpoint.getQuery() == null;
    if (!http || endpoint.getHost() == null || !bare) {
      throw misconfigured(
          endpoint.toString(), "the endpoint is no http or https address of a host");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw misconfigured(bucket, "is no bucket's name");
    }
    if (!REGION.matcher(region).matches()) {
      throw misconfigured(region, "is no region's name");
    }
    if (!prefix.isEmpty()) {
      PlacePath.checked(prefix);
    }
  }

  /** The address of a path; every character of it stands for itself in a URL. */
  URI address(String path) {
    String key = prefix.isEmpty() ? path : prefix + "/" + path;
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    String base = endpoint.getScheme() + "://";
    return switch (addressing) {
      case PATH -> URI.create(base + endpoint.getHost() + port + "/" + bucket + "/" + key);
      case VIRTUAL_HOST -> URI.create(base + bucket + "." + endpoint.getHost() + port + "/" + key);
    };
  }

  String words() {
    return "bucket " + bucket + (prefix.isEmpty() ? "" : "/" + prefix) + " at " + endpoint;
  }

  private static RuntimeException misconfigured(String where, String reason) {
    return new Failure.Misconfigured(
            "the ledger's copy in S3, " + Quoted.of(where),
            reason,
            "correct it in the configuration")
        .thrown();
  }
}
