package io.chancery.ocsp;

import io.chancery.issuance.AnswerForm;
import io.chancery.x509.IssuerName;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The forms of the answers on a shelf, each under a number: by which issuer, signed by whom. There
 * is one for each responder certificate of the last weeks, so they are few.
 */
public final class AnswerForms {
  private static final int MOST = 0xffff;

  private final CopyOnWriteArrayList<Known> known = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<Key, Integer> numbers = new ConcurrentHashMap<>();

  /**
   * @param responder the serial of the delegate's certificate in hex; empty where the issuer signs
   */
  public record Key(IssuerName issuer, String responder) {}

  /** A form under its key. */
  public record Known(Key key, AnswerForm form) {}

  /** The form's number; it gets one if it has none yet. */
  public int number(Key key, Supplier<AnswerForm> form) {
    Integer number = numbers.get(key);
    return number == null ? add(key, form.get()) : number;
  }

  /** The number of a form that is here. */
  Optional<Integer> number(Key key) {
    return Optional.ofNullable(numbers.get(key));
  }

  public Known at(int number) {
    return known.get(number);
  }

  private synchronized int add(Key key, AnswerForm form) {
    Integer number = numbers.get(key);
    if (number != null) {
      return number;
    }
    if (known.size() == MOST) {
      throw new IllegalStateException("there are more responders than a shelf can tell apart");
    }
    known.add(new Known(key, form));
    int made = known.size() - 1;
    numbers.put(key, made);
    return made;
  }
}
