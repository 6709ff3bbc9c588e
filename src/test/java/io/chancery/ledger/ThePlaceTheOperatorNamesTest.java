package io.chancery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.ledger.copy.Place;
import io.chancery.ledger.copy.S3Bucket;
import io.chancery.ledger.copy.S3Server;
import io.chancery.testing.Refusals;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder or a bucket, and one of the two. */
class ThePlaceTheOperatorNamesTest {
  private static final byte[] OCTETS = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void aFolder() throws Exception {
    Place place = place(Optional.of(folder.toString()), Optional.empty());
    place.write("tile/0/000", OCTETS);
    assertThat(Files.readAllBytes(folder.resolve("tile/0/000"))).isEqualTo(OCTETS);
    place.forget("tile/0/000");
    assertThat(place.read("tile/0/000")).isEmpty();
  }

  @Test
  void aBucketOfARealServer() throws Exception {
    try (S3Server server = new S3Server()) {
      Place place =
          place(Optional.empty(), Optional.of(words(server.bucket(folder, S3Server.BUCKET))));
      place.write("tile/0/000.p/1", OCTETS);
      assertThat(place.read("tile/0/000.p/1")).hasValue(OCTETS);
      place.forget("tile/0/000.p/1");
      assertThat(place.read("tile/0/000.p/1")).isEmpty();
      place.forget("tile/0/000.p/1");
      new PlaceProducer().close(place);
    }
  }

  @Test
  void noneOrBothAreRefused() throws Exception {
    S3Bucket bucket =
        new S3Bucket(
            URI.create("http://127.0.0.1:1"),
            "here",
            "bucket",
            "",
            S3Bucket.Addressing.PATH,
            folder);
    assertThat(Refusals.of(() -> place(Optional.empty(), Optional.empty())))
        .isInstanceOf(Failure.Misconfigured.class);
    assertThat(Refusals.of(() -> place(Optional.of(" "), Optional.empty())))
        .isInstanceOf(Failure.Misconfigured.class);
    assertThat(Refusals.of(() -> place(Optional.of("x"), Optional.of(words(bucket)))))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  private static Place place(Optional<String> copy, Optional<LedgerConfig.S3> s3) {
    return new PlaceProducer().place(new Words(copy, s3), InstantSource.system());
  }

  private static LedgerConfig.S3 words(S3Bucket bucket) {
    return new Bucket(
        bucket.endpoint(),
        Optional.of(bucket.region()),
        bucket.bucket(),
        Optional.of(bucket.prefix()).filter(prefix -> !prefix.isEmpty()),
        Optional.empty(),
        bucket.credentials());
  }

  private record Words(Optional<String> copy, Optional<S3> s3) implements LedgerConfig {
    @Override
    public Optional<String> origin() {
      return Optional.empty();
    }

    @Override
    public Duration every() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration mayLag() {
      return Duration.ofMinutes(15);
    }

    @Override
    public Optional<List<String>> witnesses() {
      return Optional.empty();
    }

    @Override
    public Duration witnessPatience() {
      return Duration.ofSeconds(1);
    }
  }

  private record Bucket(
      URI endpoint,
      Optional<String> region,
      String bucket,
      Optional<String> prefix,
      Optional<S3Bucket.Addressing> addressing,
      Path credentials)
      implements LedgerConfig.S3 {}
}
