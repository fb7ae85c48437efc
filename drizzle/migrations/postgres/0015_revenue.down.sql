DROP TABLE app.revenue_months;
