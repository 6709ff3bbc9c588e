# Finds a JDK 25 or later and exports JAVA_HOME; sourced by ./mvnw and ./chancery.
# Order: JAVA_HOME, then the usual places. Says what to install where there is none.

chancery_java_major() { # a JDK's folder -> its major version, 0 where it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

chancery_find_jdk() {
  for home in "${JAVA_HOME:-}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    major=$(chancery_java_major "$home")
    if [ "${major:-0}" -ge 25 ] 2>/dev/null; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  echo "No JDK 25 found (looked at JAVA_HOME and the usual places). Install one, for example Eclipse Temurin 25, and set JAVA_HOME to it." >&2
  return 1
}

chancery_find_jdk || exit 1
