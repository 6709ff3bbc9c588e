package io.chancery.x509.verify;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.List;

/** A provider in the library's place that does what a broken one might. */
final class Pretender extends Provider {
  private static final long serialVersionUID = 1;

  /** How it reads a key. */
  interface Keys {
    PublicKey read(KeySpec info) throws InvalidKeySpecException;
  }

  /** How it verifies. */
  interface Verdicts {
    boolean holds() throws SignatureException;
  }

  Pretender(Keys keys, Verdicts verdicts) {
    super("Pretender", "1", "does what a broken library might");
    putService(new Given("KeyFactory", "EC", new Reader(keys)));
    putService(new Given("Signature", "NONEwithECDSA", new Judge(verdicts)));
  }

  /** As one whose library did not load. */
  static Provider empty() {
    return new Provider("Nothing", "1", "offers nothing") {
      private static final long serialVersionUID = 1;
    };
  }

  static PublicKey asTheJdk(KeySpec info) throws InvalidKeySpecException {
    try {
      return KeyFactory.getInstance("EC").generatePublic(info);
    } catch (InvalidKeySpecException refused) {
      throw refused;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private final class Given extends Service {
    private final Object made;

    Given(String type, String algorithm, Object made) {
      super(Pretender.this, type, algorithm, made.getClass().getName(), List.of(), null);
      this.made = made;
    }

    @Override
    public Object newInstance(Object parameter) {
      return made;
    }

    @Override
    public boolean supportsParameter(Object parameter) {
      return true;
    }
  }

  private static final class Reader extends KeyFactorySpi {
    private final Keys keys;

    Reader(Keys keys) {
      this.keys = keys;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec info) throws InvalidKeySpecException {
      return keys.read(info);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec info) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected Key engineTranslateKey(Key key) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Judge extends SignatureSpi {
    private final Verdicts verdicts;

    Judge(Verdicts verdicts) {
      this.verdicts = verdicts;
    }

    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      return verdicts.holds();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
