package io.chancery.testing;

import io.chancery.Failure;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys in memory, made by the Java platform, that do as they are told: fail, hang, or be away. All
 * methods may be called from any thread.
 */
public final class FakeHsm implements Hsm {
  private final Map<KeyId, FakeKey> keys = new ConcurrentHashMap<>();
  private final AtomicLong signatures = new AtomicLong();
  private final Queue<Runnable> next = new ArrayDeque<>();
  private volatile Optional<Failure> always = Optional.empty();

  /** The next signature fails; called twice, the next two do. */
  public synchronized void failNext(Failure failure) {
    next.add(
        () -> {
          throw failure.thrown();
        });
  }

  /** The next signature runs this first: a kill point, a barrier, a look at the database. */
  public synchronized void beforeNext(Runnable step) {
    next.add(step);
  }

  /** The next signature does not begin before the latch is counted down. */
  public void hangNext(CountDownLatch until) {
    beforeNext(
        () -> {
          try {
            until.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw away("interrupted").thrown();
          }
        });
  }

  /** From now on nothing is signed. */
  public void unavailable() {
    always = Optional.of(away("CKR_DEVICE_ERROR (0x30)"));
  }

  /** It is back. */
  public void available() {
    always = Optional.empty();
  }

  /** All signatures that were made, by all keys. */
  public long signatures() {
    return signatures.get();
  }

  @Override
  public SigningKey key(KeyId id) {
    return Optional.ofNullable(keys.get(id))
        .orElseThrow(() -> new Failure.NotFound("key", id.hex()).thrown());
  }

  @Override
  public List<SigningKey> keys() {
    return List.copyOf(keys.values());
  }

  @Override
  public SigningKey generate(KeyAlgorithm algorithm, String label) {
    if (keys.values().stream().anyMatch(key -> key.label.equals(label))) {
      throw new Failure.Conflict("key label '" + label + "'", "is already used", "choose another")
          .thrown();
    }
    FakeKey key = new FakeKey(label, pair(algorithm));
    keys.put(key.id(), key);
    return key;
  }

  @Override
  public Health health() {
    return new Health("fake", always.isEmpty(), always.map(Failure::detail).orElse(""));
  }

  @Override
  public void close() {
    keys.clear();
  }

  private void step() {
    always.ifPresent(
        failure -> {
          throw failure.thrown();
        });
    Optional<Runnable> step;
    synchronized (this) {
      step = Optional.ofNullable(next.poll());
    }
    step.ifPresent(Runnable::run);
  }

  private static Failure away(String reason) {
    return new Failure.Unavailable("HSM", reason, Duration.ofSeconds(2));
  }

  private static KeyPair pair(KeyAlgorithm algorithm) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (algorithm.family()) {
                case EC -> "EC";
                case RSA -> "RSA";
                case ED25519 -> "Ed25519";
              });
      switch (algorithm.family()) {
        case EC -> generator.initialize(new ECGenParameterSpec("secp" + algorithm.bits() + "r1"));
        case RSA -> generator.initialize(algorithm.bits());
        case ED25519 -> {}
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private final class FakeKey implements SigningKey {
    private final String label;
    private final SubjectPublicKey publicKey;
    private final PrivateKey privateKey;
    private final AtomicLong made = new AtomicLong();

    FakeKey(String label, KeyPair pair) {
      this.label = label;
      this.publicKey = SubjectPublicKey.of(pair.getPublic());
      this.privateKey = pair.getPrivate();
    }

    @Override
    public KeyId id() {
      return publicKey.keyId();
    }

    @Override
    public SubjectPublicKey publicKey() {
      return publicKey;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public byte[] sign(byte[] message) {
      step();
      try {
        Signature signer = Signature.getInstance(algorithm().jcaName());
        signer.initSign(privateKey);
        signer.update(message);
        byte[] signature = signer.sign();
        made.incrementAndGet();
        signatures.incrementAndGet();
        return signature;
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public long signatures() {
      return made.get();
    }
  }
}
