package io.chancery.hsm;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.hsm.crew.Crew;
import io.chancery.hsm.crew.Share;
import io.chancery.hsm.mechanism.SigningMechanism;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * A token behind a PKCS#11 library, or several that hold the same keys: the first that works signs,
 * in the order of hsm.yaml.
 */
public final class Pkcs11Hsm implements Hsm {
  private static final Duration TO_SEARCH = Duration.ofSeconds(30);
  private static final Duration TO_GENERATE = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Pattern LABEL = Pattern.compile("[ -~]{1,64}");

  private final HsmConfig config;
  private final List<Token> tokens = new ArrayList<>();
  private final Map<KeyId, Pkcs11Key> known = new ConcurrentHashMap<>();
  private volatile Set<Long> mechanisms = Set.of();

  private Pkcs11Hsm(HsmConfig config, InstantSource clock) {
    this.config = config;
    for (HsmConfig one : config.each()) {
      tokens.add(new Token(one, this::used, () -> mayRestart(one), clock));
    }
  }

  /** Finds the token, logs in, and reads its keys; refuses in words what the operator must mend. */
  public static Pkcs11Hsm open(HsmConfig config) {
    return open(config, InstantSource.system());
  }

  /** The same with a clock of one's own. */
  public static Pkcs11Hsm open(HsmConfig config, InstantSource clock) {
    Pkcs11Hsm hsm = new Pkcs11Hsm(config, clock);
    try {
      hsm.connect();
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
    Pkcs11Key key =
        Optional.ofNullable(known.get(id))
            .orElseThrow(() -> new Failure.NotFound("key", id.hex()).thrown());
    if (!key.isUsed()) {
      prove(key);
    }
    return key;
  }

  @Override
  public List<SigningKey> keys() {
    return search();
  }

  /** Made on the first token that works; to the others it is brought by the vendor's means. */
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
    Token first = working();
    Pkcs11Key made = remember(first.callAtLength(TO_GENERATE, seat -> seat.once(generation::make)));
    made.proven();
    made.use();
    return made;
  }

  @Override
  public Health health() {
    List<Optional<String>> troubles = tokens.stream().map(Token::ask).toList();
    String words =
        troubles.stream().flatMap(Optional::stream).distinct().collect(Collectors.joining("; "));
    boolean working = troubles.stream().anyMatch(Optional::isEmpty);
    return new Health(toString(), working, words);
  }

  @Override
  public List<TokenStanding> tokens() {
    return tokens.stream().map(Token::standing).toList();
  }

  @Override
  public Map<Share, Integer> waiting() {
    return Map.of(
        Share.ISSUANCE, waiting(Share.ISSUANCE),
        Share.RECORDS, waiting(Share.RECORDS),
        Share.STATUS, waiting(Share.STATUS));
  }

  @Override
  public void close() {
    tokens.forEach(Token::close);
  }

  @Override
  public String toString() {
    return tokens.stream().map(Token::words).collect(Collectors.joining(", "));
  }

  /**
   * A signature's way to a token: the first that lets it through and does not answer with an error.
   * One that may have signed, or may still, is the last that is asked: who asked writes down that
   * it asks again.
   */
  byte[] sign(Purpose purpose, KeyId key, Function<Seat, byte[]> work) {
    Optional<PkiException> first = Optional.empty();
    for (Token token : tokens) {
      try {
        return token.sign(purpose.share(), key, work);
      } catch (PkiException failed) {
        PkiException away = absent(failed);
        if (!passes(away) || Crew.mayHaveWorked(away)) {
          throw away;
        }
        first = first.or(() -> Optional.of(away));
      }
    }
    throw first.orElseThrow();
  }

  /** For the tests of this room. */
  Crew<Seat> threads() {
    return tokens.getFirst().crew();
  }

  TokenConnection connection() {
    return tokens.getFirst().connection();
  }

  /** What is a matter of configuration at start is absence here. */
  private static PkiException absent(PkiException failed) {
    return failed.failure() instanceof Failure.Misconfigured found
        ? new Failure.Unavailable("HSM", found.detail(), RETRY).because(failed)
        : failed;
  }

  private static boolean passes(PkiException away) {
    return away.failure() instanceof Failure.Unavailable || away.failure() instanceof Failure.Busy;
  }

  /** One token is enough to begin with; where none can be opened, the first says why. */
  private void connect() {
    Optional<PkiException> first = Optional.empty();
    for (Token token : tokens) {
      try {
        Set<Long> offered = token.open();
        mechanisms = mechanisms.isEmpty() ? offered : mechanisms;
      } catch (PkiException refused) {
        if (tokens.size() > 1) {
          token.isAway(refused.failure().detail());
        }
        first = first.or(() -> Optional.of(refused));
      }
    }
    if (mechanisms.isEmpty() && first.isPresent()) {
      throw first.get();
    }
  }

  private List<SigningKey> search() {
    Token first = working();
    List<FoundKey> found =
        first.callAtLength(
            TO_SEARCH, seat -> seat.persist((c, s) -> KeyScan.all(first.config(), c, s)));
    return found.stream().<SigningKey>map(this::remember).toList();
  }

  /** One object for a key, for as long as this lives: it counts the key's signatures. */
  private Pkcs11Key remember(FoundKey key) {
    return known.computeIfAbsent(
        key.id(),
        absent ->
            new Pkcs11Key(this, key, SigningMechanism.of(key.publicKey().algorithm(), mechanisms)));
  }

  private List<Pkcs11Key> used() {
    return known.values().stream().filter(Pkcs11Key::isUsed).toList();
  }

  /** Before it is handed out for the first time; the other tokens are asked in their own time. */
  private void prove(Pkcs11Key key) {
    Token first = working();
    first.prove(key);
    key.use();
    tokens.stream().filter(token -> token != first).forEach(Token::inspectSoon);
  }

  private Token working() {
    return tokens.stream().filter(Token::works).findFirst().orElse(tokens.getFirst());
  }

  /** Every session of a library ends when it is initialized: not while a token of it works. */
  private boolean mayRestart(HsmConfig of) {
    return tokens.stream()
        .noneMatch(
            token ->
                token.config() != of
                    && token.config().modules().equals(of.modules())
                    && token.works());
  }

  private int waiting(Share share) {
    return tokens.stream().mapToInt(token -> token.crew().waiting(share)).sum();
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
