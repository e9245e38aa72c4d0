<?php
define('DB_NAME', 'wp');
define('DB_USER', 'wp');
define('DB_PASSWORD', 'wp');
define('DB_HOST', '127.0.0.1:%(database)d');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', 'test-' . $name);
    define($name . '_SALT', 'salt-' . $name);
}
define('WP_HOME', 'http://127.0.0.1:%(port)d');
define('WP_SITEURL', 'http://127.0.0.1:%(port)d');
define('WPLANG', 'fr_FR');
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
