/* http_load_user.c — password files. Loader process only. */
#include "services/http/http_load_user.h"

#include "services/http/http_char.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	FILE_SIZE_MAX = 1 << 20, /* bytes: some 10,000 users */
	NAME_LEN_MAX = 128,      /* bytes: what is sent has to fit a field */
	REALM_LEN_MAX = 128,
	/* Each about a tenth of a second, for which a worker serves nobody
	 * else. */
	BCRYPT_COST_MAX = 10,
	SHA_ROUNDS_MAX = 100000,
};

#define YESCRYPT_COSTS "./0123456789A"
#define WAY_OUT "write the line anew with 'htpasswd -B' or 'openssl passwd -6'"

static const char cheap_to_find[] =
    "this kind of hash is not known or too weak: " WAY_OUT;
static const char cut_off[] = "the hash is not whole: " WAY_OUT;
static const char too_dear[] =
    "to check this hash would hold up a worker: lower its cost ('htpasswd -B "
    "-C 8')";

static const char alphabet[] =
    "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* Bytes of HASH from START on are LEN of crypt's alphabet, and no more. */
static bool
is_digest(const char *start, size_t len)
{
	return strlen(start) == len && strspn(start, alphabet) == len;
}

/* "$2y$05$" and 53 digits. */
static const char *
bcrypt_fault(const char *hash)
{
	const char *cost = hash + 4;

	if (strspn(cost, "0123456789") != 2 || cost[2] != '$' ||
	    !is_digest(cost + 3, 53))
		return cut_off;
	return (cost[0] - '0') * 10 + cost[1] - '0' > BCRYPT_COST_MAX ? too_dear
	                                                              : NULL;
}

/* "$6$rounds=5000$salt$" and the digest; the rounds may be left out. */
static const char *
sha_fault(const char *hash, size_t digest)
{
	const char *last = strrchr(hash, '$');

	if (last < hash + 3 || !is_digest(last + 1, digest))
		return cut_off;
	if (strncmp(hash + 3, "rounds=", 7) == 0 &&
	    strtoul(hash + 10, NULL, 10) > SHA_ROUNDS_MAX)
		return too_dear;
	return NULL;
}

/* "$y$j9T$salt$" and 43 digits; the second letter is the cost, and each doubles
 * it. */
static const char *
yescrypt_fault(const char *hash)
{
	const char *parameters = strchr(hash + 1, '$') + 1;
	const char *last = strrchr(hash, '$');

	if (last <= parameters || !is_digest(last + 1, 43))
		return cut_off;
	return parameters[0] == 'j' && memchr(YESCRYPT_COSTS, parameters[1],
	                                   sizeof(YESCRYPT_COSTS) - 1) != NULL
	           ? NULL
	           : too_dear;
}

const char *
http_load_user_hash_fault(const char *hash)
{
	if (strncmp(hash, "$2a$", 4) == 0 || strncmp(hash, "$2b$", 4) == 0 ||
	    strncmp(hash, "$2y$", 4) == 0)
		return bcrypt_fault(hash);
	if (strncmp(hash, "$6$", 3) == 0)
		return sha_fault(hash, 86);
	if (strncmp(hash, "$5$", 3) == 0)
		return sha_fault(hash, 43);
	if (strncmp(hash, "$y$", 3) == 0 || strncmp(hash, "$gy$", 4) == 0)
		return yescrypt_fault(hash);
	return cheap_to_find;
}

/* One file on its way. */
struct file {
	const struct http_load_job *job;
	const char *path;
	unsigned line;
	struct http_user *users;
	size_t count;
};

static void
tell(const struct file *file, const char *fault)
{
	conf_error(conf_report(file->job->load->conf), file->path, file->line,
	    "%s", fault);
}

static bool
is_known(const struct file *file, const char *name, size_t len)
{
	for (size_t i = 0; i < file->count; i++)
		if (file->users[i].name.len == len &&
		    memcmp(file->users[i].name.data, name, len) == 0)
			return true;
	return false;
}

/* What is wrong with NAME, or NULL. RFC 7617 §2: no colon, no control. */
static const char *
name_fault(const struct file *file, const char *name, size_t len)
{
	if (len == 0)
		return "the name of the user is missing";
	if (len > NAME_LEN_MAX)
		return "the name of the user is too long";
	if (http_char_has_control((struct span){(const uint8_t *)name, len}))
		return "a control character in the name of the user";
	return is_known(file, name, len) ? "this user has a line already"
	                                 : NULL;
}

/* A line that is not empty, NUL-terminated. */
static void
read_line(struct file *file, const char *line)
{
	const char *colon = strchr(line, ':');
	size_t len = colon == NULL ? 0 : (size_t)(colon - line);

	if (colon == NULL) {
		tell(file, "a line is USER:HASH; there is no colon in it");
		return;
	}
	/* What htpasswd leaves behind a second colon is not looked at. */
	size_t hash_len = strcspn(colon + 1, ":");
	char *hash =
	    http_load_memory_copy(file->job->memory, colon + 1, hash_len);
	const char *fault = name_fault(file, line, len);

	if (fault == NULL && hash != NULL)
		fault = http_load_user_hash_fault(hash);
	if (fault != NULL) {
		tell(file, fault);
		return;
	}
	file->users[file->count++] = (struct http_user){
	    .name = http_load_job_copy(file->job, line, len),
	    .hash = hash,
	};
}

static void
read_lines(struct file *file, char *text)
{
	size_t lines = 1;

	for (const char *c = text; *c != '\0'; c++)
		lines += *c == '\n';
	file->users = http_load_memory_take(
	    file->job->memory, lines, sizeof(*file->users));
	while (file->users != NULL && text != NULL) {
		char *line = strsep(&text, "\n");

		file->line++;
		line[strcspn(line, "\r")] = '\0';
		if (line[0] != '\0' && line[0] != '#')
			read_line(file, line);
	}
}

static bool
read_realm(const struct http_load_job *job, cfg_t *section,
    struct http_location *location)
{
	const char *realm = cfg_getstr(section, "auth_realm");
	const struct span span = {(const uint8_t *)realm, strlen(realm)};

	location->realm = http_load_job_copy(job, realm, span.len);
	if (span.len > 0 && span.len <= REALM_LEN_MAX &&
	    !http_char_has_control(span) && strpbrk(realm, "\"\\") == NULL)
		return true;
	http_load_job_error(job, section, "auth_realm", 0,
	    "'auth_realm' is a text of at most %d bytes, without quotes and "
	    "backslashes",
	    REALM_LEN_MAX);
	return false;
}

void
http_load_user_read(const struct http_load_job *job, cfg_t *section,
    struct http_location *location)
{
	char path[PATH_MAX];
	struct stat st;
	size_t len;

	if (cfg_getstr(section, "auth_file")[0] == '\0' ||
	    !read_realm(job, section, location) ||
	    !http_load_job_path(job, section, "auth_file", path))
		return;
	char *text = http_load_job_text(
	    job, section, "auth_file", path, FILE_SIZE_MAX, &len);
	struct file file = {.job = job, .path = path};
	unsigned errors = conf_report(job->load->conf)->errors;

	if (text == NULL)
		return;
	read_lines(&file, text);
	free(text);
	location->users = file.users;
	location->user_count = file.count;
	if (file.count == 0 && conf_report(job->load->conf)->errors == errors)
		http_load_job_error(job, section, "auth_file", 0,
		    "%s: has no user: nobody could come in", path);
	if (stat(path, &st) == 0 && (st.st_mode & S_IROTH) != 0)
		http_load_job_warn(job, section, "auth_file", 0,
		    "%s: everybody on this machine can read the hashes; chmod "
		    "o= takes that away",
		    path);
}
