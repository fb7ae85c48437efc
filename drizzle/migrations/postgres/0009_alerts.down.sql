DROP TABLE system.alert_attempts, system.alert_deliveries, system.alert_channels, system.alerts, system.alert_rules;
