#!/usr/bin/env bash
# Bring this checkout to a state in which the project runs. `make` calls it before every target that needs it.
#
#     scripts/setup.sh main|dev     .venv: the pipeline; the pipeline and the tools to test and check it
#     scripts/setup.sh ocr          also into .venv: what recognises the text of scanned PDFs
#     scripts/setup.sh spark        also into .venv: Apache Spark; and Java, where there is none
#     scripts/setup.sh office       LibreOffice, with which the long tests look at Word files
#     scripts/setup.sh notebooks    .venv-notebooks: apart, because Jupyter slows every start of dbt
#     scripts/setup.sh benchmarks   .venv-benchmarks: apart, because the tools compared with pin old libraries
#     scripts/setup.sh safety       .venv-safety: apart, because only fuzzing and the list of parts need it
#     scripts/setup.sh weights      .venv-weights: apart, because only learning from coded texts needs it
#     scripts/setup.sh uv           only uv; prints its path
#
# Everything is left inside the checkout, except that root on a Debian-like machine also gets the Debian packages of a
# browser and of a Chinese font, without which charts are drawn in HTML only, and for Spark that of Java
# (IP_PLANS_SYSTEM_PACKAGES=no prevents it).
# A second call finds everything in place and installs nothing.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
group=${1:-main}

# An active environment must not become the base of the new one, least of all the one that is about to be replaced.
PATH=${PATH//"$root/.venv/bin:"/}
unset VIRTUAL_ENV PYTHONPATH PYTHONHOME

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- Python and uv --------------------------------------------------------------------------------------------------

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.11 python3.12 python3.13 python3.14; do
        # sys.executable, not the name: a version manager's shim would tie .venv to the shell it was made in.
        if "$candidate" -c 'import sys; assert sys.version_info >= (3, 11); print(sys.executable)' 2>/dev/null; then
            return
        fi
    done
    die "no Python 3.11 or newer found; install one, or name one: make PYTHON=/path/to/python3"
}

find_uv() {
    local local_uv=$root/.tools/uv/bin/uv
    if have uv; then
        command -v uv
        return
    fi
    if ! "$local_uv" --version >/dev/null 2>&1; then
        "$python" -m pip --version >/dev/null 2>&1 ||
            die "uv is missing and so is pip, which would fetch it; install one of them (Debian: python3-pip)"
        say "installing uv into .tools/"
        # Into a folder of its own, because Debian forbids pip to touch the system's Python (PEP 668).
        PIP_ROOT_USER_ACTION=ignore "$python" -m pip install --quiet --disable-pip-version-check --upgrade \
            --require-hashes --target "$root/.tools/uv" --requirement "$root/requirements/uv.txt" >&2
    fi
    echo "$local_uv"
}

# uv does not read pip's configuration. Where a machine reaches its package index only through what was told to pip
# (a mirror, a proxy's certificate), uv is told the same, unless it has been told something itself.
inherit_pip_configuration() {
    local value
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        value=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
        if [ -n "$value" ]; then export UV_DEFAULT_INDEX=$value; fi
    fi
    if [ -z "${SSL_CERT_FILE:-}" ]; then
        value=${PIP_CERT:-$("$python" -m pip config get global.cert 2>/dev/null || true)}
        if [ -f "$value" ]; then export SSL_CERT_FILE=$value; fi
    fi
}

# --- The environment ------------------------------------------------------------------------------------------------

# The stamp names the group, what it was installed from and where: scripts in an environment hold absolute paths, so a
# moved checkout needs a new one.
stamp_for() {
    local files=(pyproject.toml scripts/setup.sh requirements/main.txt)
    if [ "$1" != main ]; then files+=("requirements/$1.txt"); fi
    echo "$1 $(cat "${files[@]}" | "$python" -c \
        'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())') $root"
}

sync_environment() {
    local venv=$1 wanted=$2 stamp=$1/ip-plans.stamp installed=""
    if "$venv/bin/python" -c '' 2>/dev/null && [ -f "$stamp" ]; then installed=$(<"$stamp"); fi
    # What is installed for `dev` serves `main` too. Taking it back would make `make run` and `make test` undo each
    # other's work for ever.
    if [ "$wanted" = main ] && [ "${installed%% *}" = dev ]; then wanted=dev; fi
    if [ "$installed" = "$(stamp_for "$wanted")" ]; then return; fi

    uv=$(find_uv)
    inherit_pip_configuration
    say "installing requirements/$wanted.txt into $venv/"
    if [ "${installed#* * }" != "$root" ]; then
        "$uv" venv --quiet --clear --no-project --python "$python" "$venv"
    fi
    rm -f "$stamp"
    # Compiled once here: a build starts several Python processes, and each would otherwise pay for it where the
    # environment forbids writing bytecode (PYTHONDONTWRITEBYTECODE).
    VIRTUAL_ENV=$root/$venv "$uv" pip sync --quiet --compile-bytecode --require-hashes "requirements/$wanted.txt"
    VIRTUAL_ENV=$root/$venv "$uv" pip install --quiet --no-deps --editable .
    stamp_for "$wanted" >"$stamp"
}

add_to_environment() {
    uv=$(find_uv)
    inherit_pip_configuration
    say "installing requirements/$1.txt into .venv/"
    VIRTUAL_ENV=$root/.venv "$uv" pip install --quiet --require-hashes --requirement "requirements/$1.txt"
}

# --- What Spark needs -----------------------------------------------------------------------------------------------

has_java() {
    local java=java
    if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
    [ "$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')" -ge 17 ] 2>/dev/null
}

# --- What charts need -----------------------------------------------------------------------------------------------

has_browser() {
    local name
    if [ -n "${BROWSER_PATH:-}" ]; then
        [ -x "$BROWSER_PATH" ]
        return
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge brave-browser \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if have "$name"; then return; fi
    done
    return 1
}

has_chinese_font() {
    # macOS ships PingFang and does not use fontconfig.
    [ "$(uname -s)" = Darwin ] && return
    if have fc-list; then
        [ -n "$(env -u FONTCONFIG_FILE fc-list :lang=zh family 2>/dev/null)" ]
    else
        [ -n "$(find /usr/share/fonts /usr/local/share/fonts -iname '*cjk*' -print -quit 2>/dev/null)" ]
    fi
}

# Installs packages, the first of which names the set: once is enough for each.
install_debian_packages() {
    local venv=$1
    shift
    if [ "$(id -u)" != 0 ] || ! have apt-get || [ "${IP_PLANS_SYSTEM_PACKAGES:-yes}" = no ]; then return; fi
    local tried=$venv/$1.tried log
    # A machine that cannot reach a mirror would otherwise wait for it at every call.
    if [ -e "$tried" ]; then return; fi
    touch "$tried"
    say "installing with apt-get: $*"
    log=$(mktemp)
    # Most of the program needs none of this, so a machine without a reachable mirror is no reason to stop.
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"; } \
        </dev/null >"$log" 2>&1; then
        tail -n 3 "$log" >&2
        say "apt-get could not install $*"
    fi
    rm -f "$log"
}

# Without any Chinese font a browser draws charts with no text at all and reports no error. Noto Sans SC comes with the
# Python packages; a browser finds it when FONTCONFIG_FILE names this file.
offer_bundled_font() {
    local venv=$1 folder
    folder=$("$venv/bin/python" -c 'import importlib.util as u
print(*u.find_spec("pylopdf_fonts_zh_cn").submodule_search_locations)')
    cat >"$venv/fonts.conf" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$folder</dir>
  <cachedir>$root/$venv/fontconfig-cache</cachedir>
  <alias binding="same"><family>Noto Sans CJK SC</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias binding="same"><family>Noto Serif CJK SC</family><prefer><family>Noto Serif SC</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
XML
}

prepare_charts() {
    local venv=$1 missing=()
    # Whoever names a browser has made the choice; installing another would not change what is used.
    if ! has_browser && [ -z "${BROWSER_PATH:-}" ]; then missing+=(chromium); fi
    if ! has_chinese_font; then missing+=(fonts-noto-cjk); fi
    if [ ${#missing[@]} -gt 0 ]; then install_debian_packages "$venv" "${missing[@]}"; fi

    if ! has_browser; then
        say "no browser: charts are made in HTML only; install Chromium or Chrome, or set BROWSER_PATH, for SVG and PNG"
    fi
    if has_chinese_font; then
        rm -f "$venv/fonts.conf"
    elif [ ! -f "$venv/fonts.conf" ]; then
        offer_bundled_font "$venv"
        say "no Chinese font is installed (Debian: fonts-noto-cjk); charts use the bundled Noto Sans SC"
    fi
}

# --------------------------------------------------------------------------------------------------------------------

python=$(find_python)
# The project runs on the Python that is there; a build of Python from elsewhere is never fetched.
export UV_PYTHON_DOWNLOADS=never

case $group in
    uv) find_uv ;;
    main | dev)
        sync_environment .venv "$group"
        prepare_charts .venv
        ;;
    ocr) add_to_environment ocr ;;
    spark)
        if ! .venv/bin/python -c 'import pyspark' 2>/dev/null; then add_to_environment spark; fi
        if ! has_java; then install_debian_packages .venv openjdk-17-jre-headless; fi
        if ! has_java; then say "no Java 17: install it (Debian: openjdk-17-jre-headless), or set JAVA_HOME"; fi
        ;;
    office) have soffice || install_debian_packages .venv libreoffice-writer-nogui ;;
    notebooks | benchmarks | safety | weights) sync_environment ".venv-$group" "$group" ;;
    *) die "unknown group '$group': main, dev, ocr, spark, office, notebooks, benchmarks, safety, weights or uv" ;;
esac
