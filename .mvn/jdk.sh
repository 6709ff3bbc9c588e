# Finds a JDK 25 or later and exports JAVA_HOME; sourced by ./mvnw and ./chancery.
# Order: JAVA_HOME, then a JDK 25 in the usual places, then a later one there.
# Says what to install where there is none.

chancery_java_major() { # a JDK's folder -> its major version, 0 where it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

chancery_javac_home() { # the JDK behind the javac on the PATH, if there is one
  javac=$(command -v javac) && javac=$(readlink -f "$javac") && dirname "$(dirname "$javac")"
}

chancery_find_jdk() {
  major=$(chancery_java_major "${JAVA_HOME:-}")
  if [ "${major:-0}" -ge 25 ] 2>/dev/null; then
    export JAVA_HOME
    return 0
  fi
  later=
  for home in "$(chancery_javac_home)" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    "${HOME:-/}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    major=$(chancery_java_major "$home")
    if [ "${major:-0}" -eq 25 ] 2>/dev/null; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    elif [ "${major:-0}" -gt 25 ] 2>/dev/null; then
      later=$home
    fi
  done
  if [ -n "$later" ]; then
    JAVA_HOME=$later
    export JAVA_HOME
    return 0
  fi
  echo "No JDK 25 found (looked at JAVA_HOME, the PATH and the usual places). Install one, for example Eclipse Temurin 25, and set JAVA_HOME to it." >&2
  return 1
}

chancery_find_jdk || exit 1
