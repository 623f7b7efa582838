"""What the systems of banks call our fields: in Chinese and English, without blanks and signs. A kind's own words come first."""

SYNONYMS: dict[str, str] = {
    # branches
    "branches.code": "机构号 机构编号 机构代码 网点号 网点编号 网点代码 branchcode branchno branchid branchnumber orgcode orgid",
    "branches.name": "机构名称 机构 网点名称 网点 分行名称 支行名称 branchname branch orgname",
    "parent": "上级机构 上级机构号 上级机构编号 上级网点 parentbranch parentcode parentid parentorg superior",
    "level": "机构级别 机构层级 机构类型 branchlevel branchtype",
    # customers
    "customers.number": "客户号 客户编号 客户代码 客户id 客户内码 核心客户号 custno custid customerno customerid customernumber "
    "clientno clientid clientnumber cif cifno cifid partyid",
    "customers.kind": "客户类型 客户类别 类别 类型 客户性质 客户种类 对公对私 customertype custtype customerkind clienttype partytype",
    "name": "姓名 客户姓名 客户名称 名称 中文名 中文姓名 户名 customername custname clientname fullname holdername partyname",
    "sex": "性别 客户性别 gender",
    "birth_date": "出生日期 出生年月日 生日 birthday dateofbirth dob birthdate",
    "region": "地区 区域 所在地区 所在区域 area district",
    "occupation": "职业 客户职业 profession job",
    "education": "学历 教育程度 文化程度 最高学历 educationlevel degree",
    "annual_income": "年收入 个人年收入 家庭年收入 收入 年收入区间 annualincome yearlyincome income",
    "national_id": "证件号码 证件号 身份证号 身份证号码 身份证 idnumber idno nationalid idcard idcardno identitynumber documentnumber",
    "phone": "手机号 手机号码 手机 移动电话 联系电话 联系方式 电话 电话号码 mobile mobileno mobilephone mobilenumber cellphone "
    "phoneno phonenumber telephone tel contactnumber",
    "email": "电子邮件 电子邮箱 邮箱 邮箱地址 mail emailaddress",
    "address": "地址 联系地址 家庭地址 通讯地址 住址 居住地址 详细地址 homeaddress mailingaddress streetaddress",
    "branch": "开户机构 开户网点 开户行 归属机构 所属机构 所属网点 管户机构 机构号 机构 网点 branchcode branchno branchid orgid",
    "manager": "客户经理 管户经理 管户客户经理 理财经理 客户经理工号 rm relationshipmanager accountmanager advisor",
    "language": "语言 首选语言 lang preferredlanguage",
    "preferred_channel": "首选渠道 偏好渠道 首选联系方式 preferredcontact contactpreference",
    "preferred_time": "首选时间 偏好时间 方便联系时间 preferredtime contacttime",
    "customers.status": "客户状态 状态 customerstatus custstatus clientstatus",
    # accounts, holders
    "accounts.number": "账号 帐号 账户号 账户 账户编号 accountno accountnumber acctno acctid accountid account iban",
    "product": "产品 产品代码 产品编号 产品号 产品编码 productcode productid productno",
    "currency": "币种 币别 货币 货币代码 币种代码 ccy currencycode curr",
    "opened_on": "开户日期 开户日 开户时间 opendate openingdate dateopened",
    "closed_on": "销户日期 销户日 closedate closingdate dateclosed",
    "credit_limit": "授信额度 信用额度 额度 limit creditline",
    "matures_on": "到期日 到期日期 到期时间 maturity maturitydate enddate expirydate",
    "terms.rate": "利率 年利率 执行利率 存款利率 interestrate annualrate",
    "at_end": "到期处理 到期方式 转存方式 约转方式 到期指令 maturityinstruction rollover renewal",
    "account": "账号 帐号 账户号 账户 账户编号 accountno accountnumber acctno acctid accountid",
    "customer": "客户号 客户编号 客户代码 客户id 核心客户号 custno custid customerno customerid customernumber clientno clientid cif",
    "role": "角色 持有人角色 关系 持有类型 holdertype holderrole ownership relationship",
    "share": "份额 占比 持有比例 比例 ownershare percentage",
    "reference": "持有编号 holderid dispid",
    # feeds
    "date": "日期 交易日期 记账日期 余额日期 数据日期 业务日期 收费日期 扣费日期 transactiondate bookingdate valuedate postingdate "
    "balancedate businessdate asofdate day",
    "balance": "余额 账户余额 日终余额 当前余额 账面余额 accountbalance closingbalance endbalance endofdaybalance bal",
    "transactions.id": "交易流水号 流水号 交易编号 交易号 transactionid transactionno txnid txnno transid reference",
    "fees.id": "收费流水号 流水号 收费编号 收费号 feeid feeno chargeid chargeno",
    "amount": "金额 交易金额 发生额 收费金额 手续费金额 transactionamount txnamount amt feeamount sum",
    "transactions.kind": "交易类型 交易类别 交易种类 业务类型 transactiontype txntype type",
    "counterparty": "对方户名 交易对手 对手方 对方名称 收付款人 payee beneficiary counterpartyname partner",
    "description": "摘要 交易摘要 附言 备注 用途 描述 memo narrative remark details purpose",
    "transactions.channel": "交易渠道 渠道 transactionchannel txnchannel",
    "country": "国家 交易国家 国家代码 国别 countrycode",
    "fee": "费用类型 费用代码 收费项目 收费类型 费种 费用 feetype feecode chargetype",
    "rate": "汇率 折算率 中间价 exchangerate fxrate middlerate",
    # interactions, assessments, free accounts
    "at": "联系时间 时间 接触时间 沟通时间 发生时间 datetime timestamp time contacttime contactedat",
    "interactions.channel": "联系渠道 渠道 联系方式 接触渠道 沟通方式 contactchannel method",
    "direction": "方向 联系方向 呼叫方向",
    "interactions.purpose": "联系目的 目的 事由 reason subject",
    "outcome": "联系结果 结果 沟通结果 result",
    "note": "备注 内容 联系内容 沟通内容 记录 notes comment comments remark text",
    "next_on": "下次联系日期 下次联系 下次跟进 nextdate nextcontact followup followupdate",
    "risk_assessments.level": "风险等级 风险承受能力 风险测评等级 评级 risklevel riskgrade riskrating",
    "assessed_on": "测评日期 评估日期 风险测评日期 assessmentdate assesseddate",
    "period": "期间 报告期 会计期间 报表期间 年度 期次 reportingperiod fiscalperiod reportperiod",
    "figure": "指标 指标代码 科目 科目代码 项目 indicator metric figurecode",
    "value": "数值 值 指标值 金额 期末数 metricvalue amount",
    "employee": "员工 员工客户号 雇员 代发客户号 职工 employeeno employeeid staffno payee",
    "since": "开始日期 起始日期 生效日期 startdate from effectivedate",
    "until": "结束日期 终止日期 失效日期 enddate to expirydate",
}


def synonyms(kind: str, field: str) -> tuple[str, ...]:
    own = SYNONYMS.get(f"{kind}.{field}")
    return tuple((own if own is not None else SYNONYMS.get(field, "")).split())
