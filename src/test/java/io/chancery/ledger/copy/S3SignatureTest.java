package io.chancery.ledger.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes for Signature Version 4 of S3. */
class S3SignatureTest {
  private final S3Signature signature =
      new S3Signature(
          new S3Credentials(
              "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty()),
          "us-east-1",
          Instant.parse("2013-05-24T00:00:00Z"));

  @Test
  void getObject() {
    assertThat(
            signature.headers(
                "GET",
                URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
                Map.of("range", "bytes=0-9"),
                new byte[0]))
        .containsEntry(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
        .containsEntry("x-amz-date", "20130524T000000Z")
        .doesNotContainKey("host");
  }

  @Test
  void putObject() {
    Map<String, String> headers =
        signature.headers(
            "PUT",
            URI.create("https://examplebucket.s3.amazonaws.com/test%24file.text"),
            Map.of(
                "date", "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class", "REDUCED_REDUNDANCY"),
            "Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8));
    assertThat(headers.get("authorization"))
        .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }
}
