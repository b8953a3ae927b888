/* chat_load_broker_test.c — the keys of the lab section that are the broker's.
 */
#include "services/chat/chat_load_broker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static char folder[] = "/tmp/chat-load.XXXXXX";

struct result {
	char said[2048]; /* lines, without the folder's name */
	struct chat_broker broker;
	char ca[4096]; /* what the image has for it */
};

static void
keep(void *context, bool is_error, const char *line)
{
	struct result *result = context;
	size_t len = strlen(result->said);
	char *at;

	(void)snprintf(result->said + len, sizeof(result->said) - len, "%s%s\n",
	    is_error ? "" : "warning: ", line);
	while ((at = strstr(result->said, folder)) != NULL)
		memmove(
		    at, at + sizeof(folder), strlen(at + sizeof(folder)) + 1);
}

static void
write_file(const char *name, const char *text, mode_t mode)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
}

/* A file whose second line and on are KEYS. */
static struct conf *
open_conf(const char *keys, cfg_opt_t *options, struct report *report)
{
	char path[128], text[2048];

	snprintf(text, sizeof(text), "lab {\n%s\n}\n", keys);
	write_file("conf", text, 0644);
	snprintf(path, sizeof(path), "%s/conf", folder);
	struct conf *conf = conf_open(path, options, report);

	assert_non_null(conf);
	return conf;
}

static struct result
load(const char *keys)
{
	struct result result = {0};
	struct report report = {.tell = keep, .context = &result};
	cfg_opt_t section[] = {CHAT_LOAD_BROKER_OPTIONS, CFG_END()};
	cfg_opt_t options[] = {
	    CFG_SEC("lab", section, CFGF_NONE),
	    CFG_STR("user", "", CFGF_NONE),
	    CFG_STR("group", "", CFGF_NONE),
	    CFG_END(),
	};
	struct image_writer writer;
	struct conf *conf = open_conf(keys, options, &report);

	assert_true(image_writer_open(&writer) && image_writer_begin(&writer));
	struct service_load load = {
	    .section = cfg_getsec(conf_root(conf), "lab"),
	    .conf = conf,
	    .image = &writer,
	};

	result.broker = chat_load_broker(&load);
	if (result.broker.ca.len != 0 &&
	    result.broker.ca.len < sizeof(result.ca))
		memcpy(result.ca, image_writer_at(&writer, result.broker.ca.at),
		    result.broker.ca.len);
	image_writer_abort(&writer);
	conf_close(conf);
	return result;
}

#define assert_said(keys, wanted)                                              \
	do {                                                                   \
		struct result said = load(keys);                               \
		assert_string_equal(said.said, wanted);                        \
	} while (0)

static void
no_broker_is_none(void **state)
{
	struct result result = load("");

	(void)state;
	assert_string_equal(result.said, "");
	assert_string_equal(result.broker.host, "");
	assert_said("broker_user = \"x\"\nbroker_keepalive = 20",
	    "conf:2: 'broker_user' needs 'broker' as well\n"
	    "conf:3: 'broker_keepalive' needs 'broker' as well\n");
}

static void
the_rest_has_defaults(void **state)
{
	struct result result = load("broker = \"mqtt://broker.test\"");
	char host[64] = "";

	(void)state;
	assert_string_equal(result.said, "");
	assert_string_equal(result.broker.host, "broker.test");
	assert_int_equal(result.broker.port, 1883);
	assert_false(result.broker.is_tls);
	assert_false(result.broker.is_address);
	assert_string_equal(result.broker.prefix, "netlabd");
	assert_int_equal(result.broker.keepalive, 15);
	assert_int_equal(gethostname(host, sizeof(host) - 1), 0);
	assert_string_equal(result.broker.node, host);
}

static void
urls_are_of_two_kinds(void **state)
{
	static const struct {
		const char *url, *host;
		uint16_t port;
		bool is_address;
	} urls[] = {
	    {"mqtt://192.0.2.1", "192.0.2.1", 1883, true},
	    {"mqtt://[2001:db8::1]", "2001:db8::1", 1883, true},
	    {"mqtt://[2001:db8::1]:1", "2001:db8::1", 1, true},
	    {"mqtt://host:65535", "host", 65535, false},
	};
	static const char *const wrong[] = {"", "host", "mqtt:host", "mqtt://",
	    "http://host", "mqtt://host:", "mqtt://host:0", "mqtt://host:65536",
	    "mqtt://host:1x", "mqtt://host/path", "mqtt://[::1",
	    "mqtt://[::1]x", "mqtt://[host]", "mqtt://::1", "mqtt://a b",
	    "mqtt://user@host", "mqtt://-x", "MQTT://host"};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		char keys[128];

		snprintf(keys, sizeof(keys), "broker = \"%s\"", urls[i].url);
		struct result result = load(keys);

		assert_string_equal(result.said, "");
		assert_string_equal(result.broker.host, urls[i].host);
		assert_int_equal(result.broker.port, urls[i].port);
		assert_int_equal(result.broker.is_address, urls[i].is_address);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		char keys[128];

		snprintf(keys, sizeof(keys), "broker = \"%s\"", wrong[i]);
		struct result result = load(keys);

		assert_memory_equal(result.said, "conf:2: 'broker' ", 17);
	}
}

static void
names_are_checked(void **state)
{
	struct result result =
	    load("broker = \"mqtt://h\"\nbroker_node = \"host_a.lab-1\"\n"
	         "broker_prefix = \"site/lab\"");

	(void)state;
	assert_string_equal(result.said, "");
	assert_string_equal(result.broker.node, "host_a.lab-1");
	assert_string_equal(result.broker.prefix, "site/lab");
	assert_said("broker = \"mqtt://h\"\nbroker_node = \"a/b\"",
	    "conf:3: 'broker_node' is a name of letters, digits, '-', '_' and "
	    "'.', 63 at most\n");
	static const char *const wrong[] = {
	    "", "/a", "a/", "a/+", "#", "$SYS", "a b"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		char keys[128];

		snprintf(keys, sizeof(keys),
		    "broker = \"mqtt://h\"\nbroker_prefix = \"%s\"", wrong[i]);
		assert_memory_equal(
		    load(keys).said, "conf:3: 'broker_prefix' is the", 30);
	}
	assert_said("broker = \"mqtt://h\"\nbroker_keepalive = 9",
	    "conf:3: 'broker_keepalive' is from 10 to 3600, not 9\n");
}

static void
passwords_lie_in_files(void **state)
{
	struct result result;

	(void)state;
	write_file("good", "open sesame\n", 0600);
	write_file("open", "open sesame", 0644);
	write_file("empty", "\n", 0600);
	write_file("two", "one\ntwo\n", 0600);
	result = load("broker = \"mqtt://h\"\nbroker_user = \"lab\"\n"
	              "broker_password_file = \"good\"");
	assert_string_equal(result.said, "");
	assert_string_equal(result.broker.user, "lab");
	assert_string_equal(result.broker.password, "open sesame");
	assert_said("broker = \"mqtt://h\"\nbroker_user = \"lab\"\n"
	            "broker_password_file = \"open\"",
	    "warning: open: others can read this secret, or write it: chmod "
	    "g-w,o-rwx\n");
	assert_said("broker = \"mqtt://h\"\nbroker_user = \"lab\"\n"
	            "broker_password_file = \"empty\"",
	    "conf:4: empty: there is no password in it\n");
	assert_said("broker = \"mqtt://h\"\nbroker_user = \"lab\"\n"
	            "broker_password_file = \"two\"",
	    "conf:4: two: a password is one line of at most 255 bytes\n");
	assert_said("broker = \"mqtt://h\"\nbroker_user = \"lab\"\n"
	            "broker_password_file = \"none\"",
	    "conf:4: none: No such file or directory\n");
	assert_said("broker = \"mqtt://h\"\nbroker_password_file = \"good\"",
	    "conf:3: 'broker_password_file' needs 'broker_user' as well\n");
}

/* What openssl makes: a certificate and its key, and that with a password. */
static void
make_certificate(void)
{
	char command[512];

	snprintf(command, sizeof(command),
	    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
	    "-nodes -days 2 -subj /CN=x -keyout %s/key.pem -out %s/cert.pem "
	    "2>/dev/null && openssl pkey -aes128 -passout pass:x -in "
	    "%s/key.pem "
	    "-out %s/closed.pem && chmod 600 %s/key.pem %s/closed.pem",
	    folder, folder, folder, folder, folder, folder);
	assert_int_equal(system(command), 0);
}

static void
certificates_come_into_the_image(void **state)
{
	struct result result;

	(void)state;
	make_certificate();
	write_file("text", "no certificate", 0600);
	result = load("broker = \"mqtts://h\"\nbroker_ca = \"cert.pem\"\n"
	              "broker_cert = \"cert.pem\"\nbroker_key = \"key.pem\"");
	assert_string_equal(result.said, "");
	assert_true(result.broker.is_tls);
	assert_int_equal(result.broker.port, 8883);
	assert_memory_equal(result.ca, "-----BEGIN CERTIFICATE-----", 27);
	assert_true(result.broker.cert.len > 0 && result.broker.key.len > 0);
	assert_said("broker = \"mqtt://h\"\nbroker_ca = \"cert.pem\"",
	    "conf:3: 'broker_ca' is for a broker by TLS: \"mqtts://...\"\n");
	assert_said("broker = \"mqtts://h\"\nbroker_ca = \"text\"",
	    "conf:3: text: there is no certificate in it (PEM)\n");
	assert_said("broker = \"mqtts://h\"\nbroker_ca = \"cert.pem\"\n"
	            "broker_cert = \"cert.pem\"",
	    "conf:2: 'broker' needs both of 'broker_cert' and 'broker_key', or "
	    "none\n");
	assert_said("broker = \"mqtts://h\"\nbroker_ca = \"cert.pem\"\n"
	            "broker_cert = \"cert.pem\"\nbroker_key = \"cert.pem\"",
	    "warning: cert.pem: others can read this secret, or write it: "
	    "chmod g-w,o-rwx\n"
	    "conf:5: cert.pem: there is no private key in it (PEM, without a "
	    "password)\n");
	/* Nobody is asked for the password. */
	assert_said("broker = \"mqtts://h\"\nbroker_ca = \"cert.pem\"\n"
	            "broker_cert = \"cert.pem\"\nbroker_key = \"closed.pem\"",
	    "conf:5: closed.pem: there is no private key in it (PEM, without a "
	    "password)\n");
}

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
remove_folder(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("no broker is none", no_broker_is_none),
	    TEST("the rest has defaults", the_rest_has_defaults),
	    TEST("URLs are of two kinds", urls_are_of_two_kinds),
	    TEST("names are checked", names_are_checked),
	    TEST("passwords lie in files", passwords_lie_in_files),
	    TEST("certificates come into the image",
	        certificates_come_into_the_image),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
