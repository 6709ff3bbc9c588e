package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.TestToken;
import io.chancery.x509.KeyAlgorithm;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests and development mode load this room twice in one process; the module is there once. */
class TwoClassLoadersTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  @Test
  void bothSignAndOneSurvivesTheRestartAndTheCloseOfTheOther() throws Exception {
    Path yaml = TestToken.fresh(TestToken.label("loaders"));
    HsmConfig config = HsmConfig.load(yaml);
    try (Pkcs11Hsm hsm = Pkcs11Hsm.open(config);
        URLClassLoader loader = new URLClassLoader(classPath(), platform())) {
      SigningKey key = hsm.generate(KeyAlgorithm.EC_P256, "key");
      Class<?> other = loader.loadClass(Other.class.getName());
      assertThat(other).isNotSameAs(Other.class);
      Method sign = other.getMethod("signAndRestart", String.class, byte[].class);

      long epoch = hsm.connection().module().epoch();
      byte[] signature = (byte[]) sign.invoke(null, yaml.toString(), MESSAGE);

      assertThat(hsm.connection().module().epoch()).isEqualTo(epoch + 1);
      assertThat(KeyProof.holds(key.publicKey(), MESSAGE, signature)).isTrue();
      assertThat(KeyProof.holds(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
    }
  }

  /** What runs in the other class loader. */
  public static final class Other {
    private Other() {}

    public static byte[] signAndRestart(String yaml, byte[] message) throws Exception {
      try (Pkcs11Hsm hsm = Pkcs11Hsm.open(HsmConfig.load(Path.of(yaml)))) {
        byte[] signature = hsm.keys().getFirst().sign(message);
        Pkcs11Module module = hsm.connection().module();
        module.restart(module.epoch());
        return signature;
      }
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static ClassLoader platform() {
    return ClassLoader.getPlatformClassLoader();
  }
}
