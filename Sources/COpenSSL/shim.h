#pragma once
// OpenSSL's macro-only entry points as functions that Swift can see.
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// The context's settings that never differ: protocol versions, whose preference counts, no renegotiation, no compression,
// buffers given back while idle, one ticket, no session cache in memory.
static inline int openssl_ctx_common(SSL_CTX *ctx) {
    SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                 SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    return SSL_CTX_set_num_tickets(ctx, 1) == 1 && SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1;
}
// Without this an encrypted key would ask for its passphrase on the terminal.
static inline int openssl_no_passphrase(char *buffer, int size, int writing, void *argument) { return -1; }
static inline void openssl_ctx_no_passphrase(SSL_CTX *ctx) { SSL_CTX_set_default_passwd_cb(ctx, openssl_no_passphrase); }

static inline int openssl_ticket_mac(EVP_MAC_CTX *mac, const unsigned char *key, size_t length) {
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)key, length),
                               OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0),
                               OSSL_PARAM_construct_end()};
    return EVP_MAC_CTX_set_params(mac, parameters);
}
static inline void openssl_ctx_server_name_callback(SSL_CTX *ctx, int (*callback)(SSL *, int *, void *), void *argument) {
    SSL_CTX_set_tlsext_servername_callback(ctx, callback);
    SSL_CTX_set_tlsext_servername_arg(ctx, argument);
}
static inline int openssl_set_server_name(SSL *ssl, const char *name) { return (int)SSL_set_tlsext_host_name(ssl, name); }
static inline int openssl_can_bind_exporter(SSL *ssl) {
    return SSL_version(ssl) >= TLS1_3_VERSION || SSL_get_extms_support(ssl) == 1;
}

static inline STACK_OF(X509) * openssl_chain_new(void) { return sk_X509_new_null(); }
static inline int openssl_chain_add(STACK_OF(X509) * chain, X509 *certificate) { return chain ? sk_X509_push(chain, certificate) : 0; }
static inline void openssl_chain_free(STACK_OF(X509) * chain) { sk_X509_free(chain); }

static inline int openssl_error_library(unsigned long code) { return ERR_GET_LIB(code); }
static inline int openssl_error_reason(unsigned long code) { return ERR_GET_REASON(code); }

static inline int openssl_bio_type(void) { return BIO_get_new_index() | BIO_TYPE_SOURCE_SINK; }
static inline void openssl_bio_clear_retry(BIO *bio) { BIO_clear_retry_flags(bio); }
static inline void openssl_bio_retry_read(BIO *bio) { BIO_set_retry_read(bio); }

// The subject's alternative names of one type: GEN_DNS, or GEN_IPADD (4 or 16 bytes). Returns the number; `bytes` gets the one at
// `index`, not terminated, which lives as long as `owner`.
static inline int openssl_alternative_names(X509 *certificate, int type, int index, const unsigned char **bytes, int *length,
                                            GENERAL_NAMES **owner) {
    GENERAL_NAMES *all = *owner ? *owner : (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    *owner = all;
    if (!all) return 0;
    int found = 0;
    for (int i = 0; i < sk_GENERAL_NAME_num(all); i++) {
        GENERAL_NAME *entry = sk_GENERAL_NAME_value(all, i);
        if (entry->type != type) continue;
        if (found++ == index) {
            const ASN1_STRING *text = type == GEN_DNS ? entry->d.dNSName : entry->d.iPAddress;
            *bytes = ASN1_STRING_get0_data(text);
            *length = ASN1_STRING_length(text);
        }
    }
    return found;
}
static inline void openssl_alternative_names_free(GENERAL_NAMES *owner) { GENERAL_NAMES_free(owner); }
static inline void openssl_ctx_dh_auto(SSL_CTX *ctx) { SSL_CTX_set_dh_auto(ctx, 1); }
