# What scripts/testbed and scripts/run share: an authority, a certificate, free ports, accounts.

die() {
    echo "${0##*/}: error: $1" >&2
    [[ -z ${2:-} ]] || echo "${0##*/}: hint: $2" >&2
    exit "${3:-70}"
}

# make_authority FOLDER: FOLDER/authority.pem, and FOLDER/{server.pem,server.key} signed by it.
make_authority() {
    local folder=$1 names="DNS:localhost,DNS:mail.example.test,IP:127.0.0.1,IP:::1"
    (
        umask 077
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=Posthus test authority" \
            -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
            -keyout "$folder/authority.key" -out "$folder/authority.pem"
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=mail.example.test" \
            -keyout "$folder/server.key" -out "$folder/server.csr"
        openssl x509 -req -in "$folder/server.csr" -CA "$folder/authority.pem" -CAkey "$folder/authority.key" -days 825 \
            -CAcreateserial -out "$folder/server.pem" -extfile <(printf '%s\n' "subjectAltName=$names" \
            "basicConstraints=CA:FALSE" "keyUsage=digitalSignature" "extendedKeyUsage=serverAuth")
        rm -f "$folder/server.csr"
    ) 2>"$folder/openssl.log" || die "openssl made no certificate" "see $folder/openssl.log"
    chmod 644 "$folder/authority.pem" "$folder/server.pem"
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_base COUNT: a port P such that P ... P+COUNT-1 are free, below the range the system gives to clients.
free_base() {
    local count=$1 base port
    for _ in {1..50}; do
        base=$((20000 + RANDOM % 11000))
        for ((port = base; port < base + count; port++)); do is_free "$port" || continue 2; done
        echo "$base"
        return
    done
    die "no $count free ports in a row"
}

# The loopback addresses of this machine as a TOML list.
loopback() {
    if grep -qs '^0\{31\}1 ' /proc/net/if_inet6; then echo '["127.0.0.1", "::1"]'; else echo '["127.0.0.1"]'; fi
}
