package io.chancery.cli.bench;

import io.chancery.PkiException;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How often a second the token signs when it is asked for nothing else. */
final class TokenRate implements AutoCloseable {
  private static final byte[] MESSAGE = new byte[200];

  private final Hsm hsm;
  private final SigningKey key;

  TokenRate(Path hsmYaml) {
    this(hsmYaml, KeyAlgorithm.EC_P256);
  }

  TokenRate(Path hsmYaml, KeyAlgorithm algorithm) {
    this.hsm = Pkcs11Hsm.open(HsmConfig.load(hsmYaml));
    this.key =
        hsm.keys().stream()
            .filter(one -> one.publicKey().algorithm().equals(algorithm))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the token has no key " + algorithm));
  }

  /** The best of two and of four threads, each for half of the time. */
  double perSecond(Duration length) {
    Duration half = length.dividedBy(2);
    return Math.max(perSecond(2, half), perSecond(4, half));
  }

  double perSecond(int threads, Duration length) {
    long start = System.nanoTime();
    long stop = start + length.toNanos();
    long made = 0;
    try (ExecutorService signers = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        counts.add(signers.submit(() -> signUntil(stop)));
      }
      for (Future<Long> count : counts) {
        made += count.get();
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof PkiException known
          ? known
          : new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
    return made / ((System.nanoTime() - start) / 1e9);
  }

  private long signUntil(long stop) {
    long made = 0;
    while (System.nanoTime() < stop) {
      key.sign(MESSAGE);
      made++;
    }
    return made;
  }

  @Override
  public void close() {
    hsm.close();
  }
}
