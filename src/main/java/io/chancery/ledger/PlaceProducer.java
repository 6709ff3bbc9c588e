package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.ledger.copy.DirectoryPlace;
import io.chancery.ledger.copy.Place;
import io.chancery.ledger.copy.S3Bucket;
import io.chancery.ledger.copy.S3Place;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the place that the operator names: a folder or a bucket, one of the two. */
final class PlaceProducer {
  @Produces
  @Singleton
  Place place(LedgerConfig config, InstantSource clock) {
    Optional<String> folder = config.copy().filter(text -> !text.isBlank());
    if (folder.isPresent() == config.s3().isPresent()) {
      throw new Failure.Misconfigured(
              "chancery.ledger.copy",
              folder.isPresent() ? "is set beside chancery.ledger.s3" : "is not set",
              "name one place outside the database for the ledger's copy: a folder on another disk"
                  + " with chancery.ledger.copy, or a bucket with chancery.ledger.s3.*")
          .thrown();
    }
    return folder
        .<Place>map(path -> new DirectoryPlace(Path.of(path)))
        .orElseGet(() -> new S3Place(bucket(config.s3().orElseThrow()), clock));
  }

  void close(@Disposes Place place) {
    if (place instanceof S3Place bucket) {
      bucket.close();
    }
  }

  private static S3Bucket bucket(LedgerConfig.S3 words) {
    return new S3Bucket(
        words.endpoint(),
        words.region().orElse("us-east-1"),
        words.bucket(),
        words.prefix().orElse(""),
        words.addressing().orElse(S3Bucket.Addressing.PATH),
        words.credentials());
  }
}
