#pragma once
// What a client that judges certificates needs beyond OpenSSL's functions: every fault of a chain instead of the first,
// and some macros.
#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Faults of one handshake. Those beyond the last place are not kept.
struct openssl_verdict {
    int count;
    int codes[16];
};

// Writes every fault down and goes on: the handshake is for facts, the caller decides about trust.
static inline int openssl_collect_fault(int is_fine, X509_STORE_CTX *context) {
    if (is_fine) return 1;
    SSL *ssl = X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct openssl_verdict *verdict = ssl ? SSL_get_app_data(ssl) : NULL;
    if (verdict && verdict->count < 16) {
        verdict->codes[verdict->count++] = X509_STORE_CTX_get_error(context);
    }
    return 1;
}
static inline void openssl_collect_faults(SSL *ssl, struct openssl_verdict *verdict) {
    SSL_set_app_data(ssl, verdict);
    SSL_set_verify(ssl, SSL_VERIFY_PEER, openssl_collect_fault);
}

static inline int openssl_ctx_dialing(SSL_CTX *ctx) {
    SSL_CTX_set_security_level(ctx, 0);  // old things are named, not hidden
    // Renegotiation would bring another certificate after the first one was judged.
    SSL_CTX_set_options(ctx, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_COMPRESSION |
                                 SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    return SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION) == 1 && SSL_CTX_set_max_proto_version(ctx, 0) == 1 &&
           SSL_CTX_set_cipher_list(ctx, "DEFAULT@SECLEVEL=0") == 1;
}
static inline int openssl_limit_version(SSL *ssl, int most) { return (int)SSL_set_max_proto_version(ssl, most); }
static inline void openssl_ask_staple(SSL *ssl) { SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp); }
static inline const char *openssl_group(SSL *ssl) {
    int group = (int)SSL_get_negotiated_group(ssl);
    if (group == NID_undef) return NULL;
    const char *name = SSL_group_to_name(ssl, group);
    return name ? name : OBJ_nid2sn(group);
}

// What the staple says of the leaf: -1 none came, -2 not readable, not of today, or not signed by whom the issuer trusts (RFC 6960
// section 3.2), else V_OCSP_CERTSTATUS_GOOD, _REVOKED or _UNKNOWN. The issuer is the one that the verification found: a root is
// not sent along.
static inline int openssl_staple(SSL *ssl, X509 *leaf) {
    const unsigned char *bytes = NULL;
    long length = SSL_get_tlsext_status_ocsp_resp(ssl, &bytes);
    if (length <= 0 || !bytes) return -1;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &bytes, length);
    OCSP_BASICRESP *basic = response ? OCSP_response_get1_basic(response) : NULL;
    STACK_OF(X509) *verified = SSL_get0_verified_chain(ssl);
    X509 *issuer = verified && sk_X509_num(verified) > 1 ? sk_X509_value(verified, 1) : NULL;
    X509_STORE *trusted = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl));
    OCSP_CERTID *id = basic && issuer ? OCSP_cert_to_id(NULL, leaf, issuer) : NULL;
    int status = -2, reason = 0;
    ASN1_GENERALIZEDTIME *revoked = NULL, *from = NULL, *until = NULL;
    if (!id || OCSP_basic_verify(basic, verified, trusted, 0) != 1 ||
        OCSP_resp_find_status(basic, id, &status, &reason, &revoked, &from, &until) != 1 ||
        OCSP_check_validity(from, until, 300, -1) != 1) {
        status = -2;
    }
    ERR_clear_error();
    OCSP_CERTID_free(id);
    OCSP_BASICRESP_free(basic);
    OCSP_RESPONSE_free(response);
    return status;
}

// RFC 7633: the certificate promises a staple.
static inline int openssl_must_staple(X509 *certificate) { return X509_get_ext_by_NID(certificate, NID_tlsfeature, -1) >= 0; }

static inline int openssl_chain_length(STACK_OF(X509) * chain) { return chain ? sk_X509_num(chain) : 0; }
static inline X509 *openssl_chain_at(STACK_OF(X509) * chain, int index) { return sk_X509_value(chain, index); }

// Digests for DANE (RFC 6698 §2.1): of the whole certificate, or of its public key with the algorithm.
static inline int openssl_key_der(X509 *certificate, unsigned char **bytes) {
    return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), bytes);
}
static inline void openssl_free_der(unsigned char *bytes) { OPENSSL_free(bytes); }
static inline const char *openssl_key_kind(X509 *certificate) {
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    return key ? OBJ_nid2sn(EVP_PKEY_get_base_id(key)) : NULL;
}
static inline int openssl_key_bits(X509 *certificate) {
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    return key ? EVP_PKEY_get_bits(key) : 0;
}
static inline const char *openssl_signature_name(X509 *certificate) { return OBJ_nid2ln(X509_get_signature_nid(certificate)); }

// On one line, readable, in UTF-8.
static inline void openssl_print_name(BIO *output, X509_NAME *name) {
    X509_NAME_print_ex(output, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
}
