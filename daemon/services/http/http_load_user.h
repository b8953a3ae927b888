/* http_load_user.h — password files: lines USER:HASH, as htpasswd writes them.
 * Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_USER_H
#define NETLAB_SERVICES_HTTP_LOAD_USER_H

#include "services/http/http_load_job.h"

/*
 * Reads the file that auth_file of SECTION names into LOCATION's users, and
 * auth_realm. An empty name: nobody is asked. Mistakes of the file are told
 * with its own lines.
 */
void http_load_user_read(const struct http_load_job *job, cfg_t *section,
    struct http_location *location);

/* What is wrong with HASH, or NULL: it is of a kind of crypt(5) that is strong
 * enough, whole, and does not take a worker longer than a moment to check. */
const char *http_load_user_hash_fault(const char *hash);

#endif
