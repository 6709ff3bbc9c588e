package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** A token behind a PKCS#11 library. */
public final class Pkcs11Hsm implements Hsm {
  private static final Duration TO_SEARCH = Duration.ofSeconds(30);
  private static final Duration TO_GENERATE = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Pattern LABEL = Pattern.compile("[ -~]{1,64}");

  private final HsmConfig config;
  private final Tokens.Found token;
  private final Set<Long> mechanisms;
  private final TokenConnection connection;
  private final SigningThreads threads;
  private final Map<KeyId, Pkcs11Key> known = new ConcurrentHashMap<>();

  private Pkcs11Hsm(
      HsmConfig config, Tokens.Found token, Set<Long> mechanisms, TokenConnection connection) {
    this.config = config;
    this.token = token;
    this.mechanisms = mechanisms;
    this.connection = connection;
    this.threads = new SigningThreads(config, token.label(), () -> new Seat(connection));
  }

  /** Finds the token, logs in, and reads its keys; refuses in words what the operator must mend. */
  public static Pkcs11Hsm open(HsmConfig config) {
    Pkcs11Module module = Pkcs11Module.of(config.modules(), config.environment());
    TokenConnection connection = new TokenConnection(module, config);
    Pkcs11Hsm hsm;
    try {
      hsm = module.call(cryptoki -> open(config, connection, cryptoki));
    } catch (PKCS11Exception problem) {
      connection.close();
      throw Seat.unavailable(problem);
    }
    try {
      hsm.search();
      return hsm;
    } catch (RuntimeException refused) {
      hsm.close();
      throw refused;
    }
  }

  @Override
  public SigningKey key(KeyId id) {
    if (!known.containsKey(id)) {
      search();
    }
    return Optional.ofNullable(known.get(id))
        .orElseThrow(() -> new Failure.NotFound("key", id.hex()).thrown());
  }

  @Override
  public List<SigningKey> keys() {
    return search();
  }

  @Override
  public SigningKey generate(KeyAlgorithm algorithm, String label) {
    if (!LABEL.matcher(label).matches()) {
      throw new Failure.Malformed(
              "key label",
              "",
              Quoted.of(label) + " is not 1 to 64 printable ASCII characters",
              "PKCS#11 s4.2 CKA_LABEL")
          .thrown();
    }
    SigningMechanism signing = SigningMechanism.of(algorithm, mechanisms);
    mustOffer(algorithm, KeyGeneration.generatorOf(algorithm));
    mustOffer(algorithm, signing.code());
    KeyGeneration generation = new KeyGeneration(config, algorithm, label, signing);
    FoundKey made = threads.call(TO_GENERATE, seat -> seat.once(generation::make));
    return remember(made);
  }

  @Override
  public Health health() {
    try {
      // Reading a key of the token goes all the way to it; a session alone may outlive it.
      threads.call(
          config.patience(), seat -> seat.persist((c, s) -> KeyScan.all(config, c, s).size()));
      return new Health(toString(), true, "");
    } catch (PkiException trouble) {
      boolean busy = trouble.failure() instanceof Failure.Busy;
      return new Health(toString(), busy, busy ? "" : trouble.failure().detail());
    }
  }

  @Override
  public void close() {
    threads.close();
    connection.close();
  }

  @Override
  public String toString() {
    return "token " + token.words() + " of " + token.model();
  }

  /** A signature's way to the token; what is a matter of configuration at start is absence here. */
  byte[] sign(Purpose purpose, Function<Seat, byte[]> work) {
    try {
      return threads.call(SigningQueue.Share.of(purpose), config.patience(), work);
    } catch (PkiException failed) {
      if (failed.failure() instanceof Failure.Misconfigured found) {
        throw new Failure.Unavailable("HSM", found.detail(), RETRY).because(failed);
      }
      throw failed;
    }
  }

  /** For the tests of this room. */
  SigningThreads threads() {
    return threads;
  }

  TokenConnection connection() {
    return connection;
  }

  private static Pkcs11Hsm open(HsmConfig config, TokenConnection connection, PKCS11 cryptoki)
      throws PKCS11Exception {
    connection.mustFind(cryptoki);
    Tokens.Found token = connection.token(cryptoki);
    Set<Long> mechanisms = new HashSet<>();
    for (long mechanism : cryptoki.C_GetMechanismList(token.slot())) {
      mechanisms.add(mechanism);
    }
    return new Pkcs11Hsm(config, token, mechanisms, connection);
  }

  private List<SigningKey> search() {
    List<FoundKey> found =
        threads.call(TO_SEARCH, seat -> seat.persist((c, s) -> KeyScan.all(config, c, s)));
    return found.stream().<SigningKey>map(this::remember).toList();
  }

  /** One object for a key, for as long as this lives: it counts the key's signatures. */
  private Pkcs11Key remember(FoundKey key) {
    return known.computeIfAbsent(
        key.id(),
        absent ->
            new Pkcs11Key(this, key, SigningMechanism.of(key.publicKey().algorithm(), mechanisms)));
  }

  private void mustOffer(KeyAlgorithm algorithm, long mechanism) {
    if (!mechanisms.contains(mechanism)) {
      throw new Failure.Refused(
              "token-mechanism",
              this
                  + " cannot make "
                  + algorithm
                  + " keys: it lacks "
                  + PKCS11Constants.ckmCodeToName(mechanism),
              "choose another algorithm, or keep this key in a file")
          .thrown();
    }
  }
}
