package io.chancery.testing;

import io.chancery.Failure;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.hsm.Purpose;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.SubjectPublicKey;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The real token of the {@link World}, with a switch in front of every signature. */
@Alternative
@Priority(1)
@Singleton
public class HsmWithSwitch implements Hsm {
  /** What becomes of a signature that is asked for. */
  public enum Position {
    WORKS,
    /** The token does not answer. */
    AWAY,
    /** The token takes its time: until the switch is set to something else. */
    SLOW,
    /** The token signs, and the answer is lost on the way. */
    LOSES_ANSWERS
  }

  private final Hsm real;
  private final AtomicReference<Position> position = new AtomicReference<>(Position.WORKS);

  HsmWithSwitch(@ConfigProperty(name = "chancery.hsm.config") Path config) {
    this.real = Pkcs11Hsm.open(HsmConfig.load(config));
  }

  public synchronized void set(Position next) {
    position.set(next);
    notifyAll();
  }

  private synchronized void waitWhileSlow() {
    while (position.get() == Position.SLOW) {
      try {
        wait();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public SigningKey key(KeyId id) {
    return new SwitchedKey(real.key(id));
  }

  @Override
  public List<SigningKey> keys() {
    return real.keys().stream().<SigningKey>map(SwitchedKey::new).toList();
  }

  @Override
  public SigningKey generate(KeyAlgorithm algorithm, String label) {
    return new SwitchedKey(real.generate(algorithm, label));
  }

  @Override
  public Health health() {
    return position.get() == Position.WORKS
        ? real.health()
        : new Health("switched", false, position.get().name());
  }

  @Override
  @PreDestroy
  public void close() {
    real.close();
  }

  private final class SwitchedKey implements SigningKey {
    private final SigningKey key;

    SwitchedKey(SigningKey key) {
      this.key = key;
    }

    @Override
    public byte[] sign(byte[] message) {
      return switched(() -> key.sign(message));
    }

    @Override
    public boolean can(SignatureAlgorithm other) {
      return key.can(other);
    }

    @Override
    public byte[] sign(Purpose purpose, SignatureAlgorithm with, byte[] message) {
      return switched(() -> key.sign(purpose, with, message));
    }

    private byte[] switched(Supplier<byte[]> signature) {
      return switch (position.get()) {
        case WORKS -> signature.get();
        case SLOW -> {
          waitWhileSlow();
          yield signature.get();
        }
        case AWAY -> throw away();
        case LOSES_ANSWERS -> {
          byte[] unused = signature.get();
          throw away();
        }
      };
    }

    private RuntimeException away() {
      return new Failure.Unavailable("HSM", "switched off by a test", Duration.ofSeconds(2))
          .thrown();
    }

    @Override
    public KeyId id() {
      return key.id();
    }

    @Override
    public SubjectPublicKey publicKey() {
      return key.publicKey();
    }

    @Override
    public String label() {
      return key.label();
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public long signatures() {
      return key.signatures();
    }
  }
}
